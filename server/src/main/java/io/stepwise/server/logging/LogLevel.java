package io.stepwise.server.logging;

import io.stepwise.engine.event.EventType;

/** Which events of executions are logged. Source: AWS, "Log levels for Step Functions events". */
enum LogLevel {
  /** None. */
  OFF,
  /** What an execution ends with that does not succeed. */
  FATAL,
  /** What goes wrong. */
  ERROR,
  /** All. */
  ALL;

  boolean includes(EventType type) {
    return switch (this) {
      case OFF -> false;
      case ALL -> true;
      case FATAL -> isFatal(type);
      case ERROR -> isFatal(type) || isError(type);
    };
  }

  private static boolean isFatal(EventType type) {
    return switch (type) {
      case ExecutionAborted, ExecutionFailed, ExecutionTimedOut -> true;
      default -> false;
    };
  }

  private static boolean isError(EventType type) {
    return switch (type) {
      case FailStateEntered,
          LambdaFunctionFailed,
          LambdaFunctionScheduleFailed,
          LambdaFunctionStartFailed,
          LambdaFunctionTimedOut,
          ActivityFailed,
          ActivityScheduleFailed,
          ActivityTimedOut,
          EvaluationFailed,
          MapIterationAborted,
          MapIterationFailed,
          MapRunAborted,
          MapRunFailed,
          MapStateAborted,
          MapStateFailed,
          ParallelStateAborted,
          ParallelStateFailed,
          TaskFailed,
          TaskStartFailed,
          TaskStateAborted,
          TaskSubmitFailed,
          TaskTimedOut,
          WaitStateAborted ->
          true;
      default -> false;
    };
  }
}
