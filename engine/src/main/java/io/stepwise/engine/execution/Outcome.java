package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/** How something ended: with an output, or with an error. */
public sealed interface Outcome {

  /** It ended well. */
  record Success(Payload output) implements Outcome {}

  /**
   * It failed.
   *
   * @param status what a child execution's status says; {@code FAILED} for everything else
   */
  record Failure(@Nullable String error, @Nullable String cause, ExecutionStatus status)
      implements Outcome {
    /** A failure with status FAILED. */
    public Failure(@Nullable String error, @Nullable String cause) {
      this(error, cause, ExecutionStatus.FAILED);
    }
  }
}
