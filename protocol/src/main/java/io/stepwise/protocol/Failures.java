package io.stepwise.protocol;

import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what went wrong becomes what a client is told. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final ErrorMapping mapping;

  Failures(ErrorMapping mapping) {
    this.mapping = mapping;
  }

  /** The error behind an exception; what nobody foresaw is logged and told as a fault. */
  AwsError of(Throwable failure, String requestId) {
    return switch (failure) {
      case AwsException known -> mapping.of(known).orElse(known.error());
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), requestId);
      default ->
          mapping
              .of(failure)
              .orElseGet(
                  () -> {
                    LOG.error("Request {} failed", requestId, failure);
                    return new CommonError.InternalFailure(requestId);
                  });
    };
  }
}
