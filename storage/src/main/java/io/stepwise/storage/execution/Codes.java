package io.stepwise.storage.execution;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.ParentLink.Nested.Answer;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.Timer;
import io.stepwise.storage.StorageFault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What stands for the constants of an enum on disk: their place in these lists. New ones go to the
 * end; nothing is ever moved or removed, whatever becomes of the enum.
 */
final class Codes<E extends Enum<E>> {
  static final Codes<ExecutionStatus> STATUSES =
      new Codes<>(
          List.of(
              ExecutionStatus.RUNNING,
              ExecutionStatus.SUCCEEDED,
              ExecutionStatus.FAILED,
              ExecutionStatus.TIMED_OUT,
              ExecutionStatus.ABORTED,
              ExecutionStatus.PENDING_REDRIVE),
          ExecutionStatus.class);

  static final Codes<TaskAttempt.Phase> PHASES =
      new Codes<>(
          List.of(
              TaskAttempt.Phase.DISPATCHED, TaskAttempt.Phase.STARTED, TaskAttempt.Phase.SUBMITTED),
          TaskAttempt.Phase.class);

  static final Codes<IntegrationPattern> PATTERNS =
      new Codes<>(
          List.of(
              IntegrationPattern.REQUEST_RESPONSE,
              IntegrationPattern.SYNC,
              IntegrationPattern.SYNC_2,
              IntegrationPattern.WAIT_FOR_TASK_TOKEN),
          IntegrationPattern.class);

  static final Codes<Answer> ANSWERS =
      new Codes<>(
          List.of(Answer.NONE, Answer.DESCRIPTION, Answer.PARSED_DESCRIPTION), Answer.class);

  static final Codes<FanOutPlan.Kind> FAN_OUTS =
      new Codes<>(
          List.of(FanOutPlan.Kind.PARALLEL, FanOutPlan.Kind.MAP, FanOutPlan.Kind.MAP_RUN),
          FanOutPlan.Kind.class);

  static final Codes<Timer.Kind> TIMER_KINDS =
      new Codes<>(
          List.of(
              Timer.Kind.EXECUTION_TIMEOUT,
              Timer.Kind.WAIT,
              Timer.Kind.RETRY,
              Timer.Kind.TASK_TIMEOUT,
              Timer.Kind.HEARTBEAT,
              Timer.Kind.CONTINUE,
              Timer.Kind.JOB_POLL),
          Timer.Kind.class);

  static final Codes<EventType> EVENT_TYPES =
      new Codes<>(
          List.of(
              EventType.ExecutionStarted,
              EventType.ExecutionSucceeded,
              EventType.ExecutionFailed,
              EventType.ExecutionAborted,
              EventType.ExecutionTimedOut,
              EventType.ExecutionRedriven,
              EventType.PassStateEntered,
              EventType.TaskStateEntered,
              EventType.ChoiceStateEntered,
              EventType.WaitStateEntered,
              EventType.SucceedStateEntered,
              EventType.FailStateEntered,
              EventType.MapStateEntered,
              EventType.ParallelStateEntered,
              EventType.PassStateExited,
              EventType.TaskStateExited,
              EventType.ChoiceStateExited,
              EventType.WaitStateExited,
              EventType.SucceedStateExited,
              EventType.MapStateExited,
              EventType.ParallelStateExited,
              EventType.TaskStateAborted,
              EventType.WaitStateAborted,
              EventType.MapStateAborted,
              EventType.ParallelStateAborted,
              EventType.LambdaFunctionScheduled,
              EventType.LambdaFunctionScheduleFailed,
              EventType.LambdaFunctionStarted,
              EventType.LambdaFunctionStartFailed,
              EventType.LambdaFunctionSucceeded,
              EventType.LambdaFunctionFailed,
              EventType.LambdaFunctionTimedOut,
              EventType.ActivityScheduled,
              EventType.ActivityScheduleFailed,
              EventType.ActivityStarted,
              EventType.ActivitySucceeded,
              EventType.ActivityFailed,
              EventType.ActivityTimedOut,
              EventType.TaskScheduled,
              EventType.TaskStarted,
              EventType.TaskStartFailed,
              EventType.TaskSubmitted,
              EventType.TaskSubmitFailed,
              EventType.TaskSucceeded,
              EventType.TaskFailed,
              EventType.TaskTimedOut,
              EventType.MapStateStarted,
              EventType.MapStateSucceeded,
              EventType.MapStateFailed,
              EventType.MapIterationStarted,
              EventType.MapIterationSucceeded,
              EventType.MapIterationFailed,
              EventType.MapIterationAborted,
              EventType.ParallelStateStarted,
              EventType.ParallelStateSucceeded,
              EventType.ParallelStateFailed,
              EventType.MapRunStarted,
              EventType.MapRunSucceeded,
              EventType.MapRunFailed,
              EventType.MapRunAborted,
              EventType.MapRunRedriven,
              EventType.EvaluationFailed),
          EventType.class);

  private final List<E> values;
  private final Map<E, Integer> codes;

  private Codes(List<E> values, Class<E> type) {
    this.values = values;
    this.codes = new EnumMap<>(type);
    for (var value : values) {
      codes.put(value, codes.size());
    }
    for (var value : type.getEnumConstants()) {
      Objects.requireNonNull(codes.get(value), () -> "Expected a code for " + value);
    }
  }

  /** The code of a constant. */
  int of(E value) {
    return Objects.requireNonNull(codes.get(value));
  }

  /**
   * The constant of a code.
   *
   * <p>Errors: {@link StorageFault} {@code SW-STORAGE-CORRUPT} where there is none.
   */
  E value(int code) {
    if (code < 0 || code >= values.size()) {
      throw new StorageFault(
          "SW-STORAGE-CORRUPT", "Expected a code below " + values.size() + ", found " + code);
    }
    return values.get(code);
  }
}
