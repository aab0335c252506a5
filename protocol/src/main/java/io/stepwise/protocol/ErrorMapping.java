package io.stepwise.protocol;

import java.util.Optional;

/** What a service tells of exceptions of the modules behind it. */
@FunctionalInterface
public interface ErrorMapping {
  /** Of a service whose operations throw nothing but {@link AwsException}. */
  ErrorMapping NONE = failure -> Optional.empty();

  /** The error behind an exception; empty where it is a fault. */
  Optional<AwsError> of(Throwable failure);
}
