package io.stepwise.runtime.port;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/**
 * How a synchronous Express execution ended.
 *
 * @param startMillis when it started. Units: milliseconds since 1970
 * @param stopMillis when it ended. Units: milliseconds since 1970
 */
public record SyncResult(
    String executionArn,
    ExecutionStatus status,
    long startMillis,
    long stopMillis,
    @Nullable Payload output,
    @Nullable String error,
    @Nullable String cause) {

  /** The answer where too many Express executions are running already. */
  public static final SyncResult TOO_MANY =
      new SyncResult("", ExecutionStatus.FAILED, 0, 0, null, null, null);
}
