package io.stepwise.engine;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import org.jspecify.annotations.Nullable;

/** Which executions can be redriven. Source: AWS, RedriveExecution and its developer guide. */
public final class RedriveRules {
  private static final long DAY_MILLIS = 24L * 3_600_000;
  private static final long PERIOD_MILLIS = 14 * DAY_MILLIS;
  private static final long OPEN_MILLIS_MAX = 365 * DAY_MILLIS;
  private static final long TOKEN_MILLIS = 15L * 60_000;

  private RedriveRules() {}

  /**
   * Why an execution cannot be redriven, in AWS's words, or null where it can as far as the
   * execution itself goes.
   *
   * @param historyEventsMax as in {@link Limits}
   */
  public static @Nullable String reasonAgainst(
      Execution execution, long nowMillis, int historyEventsMax) {
    var status = execution.status();
    if (!status.isClosed() || status == ExecutionStatus.SUCCEEDED) {
      return "Execution is " + status + " and cannot be redriven";
    }
    if (!hasRoom(execution.lastEventId(), historyEventsMax)) {
      return "Execution history event limit exceeded.";
    }
    if (execution.stopMillis() - execution.header().startMillis() > OPEN_MILLIS_MAX) {
      return "Execution has exceeded the max execution time.";
    }
    if (nowMillis - execution.stopMillis() > PERIOD_MILLIS) {
      return "Execution redrivable period exceeded.";
    }
    return null;
  }

  /** Whether the history of an execution has room for a redrive and its end. */
  public static boolean hasRoom(long lastEventId, int historyEventsMax) {
    return lastEventId < historyEventsMax - 1;
  }

  /** The redrive that was asked for with the same token not long ago, or null. */
  static Execution.@Nullable RedriveToken known(
      Execution execution, String clientToken, long nowMillis) {
    for (var known : execution.redriveTokens()) {
      if (known.token().equals(clientToken) && nowMillis - known.millis() <= TOKEN_MILLIS) {
        return known;
      }
    }
    return null;
  }
}
