package io.stepwise.engine.behavior;

import java.util.List;

/** The error names that the language reserves, and how ErrorEquals matches. */
public final class ErrorNames {
  /** Matches every error that can be caught. */
  public static final String ALL = "States.ALL";

  /** A task, an execution or a heartbeat took too long. */
  public static final String TIMEOUT = "States.Timeout";

  /** A heartbeat was missed; a name for ErrorEquals only. */
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

  /** Any error of a task but a timeout. */
  public static final String TASK_FAILED = "States.TaskFailed";

  /** A path or processing error; never caught. */
  public static final String RUNTIME = "States.Runtime";

  /** A payload is too large. */
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";

  /** JSONata failed. */
  public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";

  /** Too many children of a map run failed. */
  public static final String EXCEED_TOLERATED_FAILURE_THRESHOLD =
      "States.ExceedToleratedFailureThreshold";

  /** What a Distributed Map reads its items from can't be read. */
  public static final String ITEM_READER_FAILED = "States.ItemReaderFailed";

  private ErrorNames() {}

  /**
   * Whether a list of {@code ErrorEquals} takes an error.
   *
   * @param missedHeartbeat whether the error is a timeout for want of a heartbeat
   */
  public static boolean matches(List<String> errorEquals, String error, boolean missedHeartbeat) {
    for (var name : errorEquals) {
      if (name.equals(error)
          || name.equals(ALL)
          || (name.equals(TASK_FAILED) && isTaskFailure(error))
          || (name.equals(HEARTBEAT_TIMEOUT) && missedHeartbeat)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTaskFailure(String error) {
    return !error.equals(TIMEOUT) && !error.equals(RUNTIME);
  }
}
