package io.stepwise.engine.command;

import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/** What may be asked of one execution. Every command may arrive twice. */
public sealed interface Command {

  /** Begin. The only command for an execution that does not exist yet. */
  record StartExecution(ExecutionHeader header) implements Command {}

  /**
   * A connector answered: the work is done, or, for the patterns that wait for more, the service
   * accepted it.
   */
  record AnswerTask(int scopeId, int stamp, Outcome outcome) implements Command {}

  /** The mock of a test case answered in place of the service. */
  record AnswerMockedTask(int scopeId, int stamp, Outcome outcome) implements Command {}

  /**
   * A connector began a job for a task.
   *
   * @param output the service's answer
   * @param reference what the connector knows the job by
   */
  record BeginJob(int scopeId, int stamp, Payload output, String reference) implements Command {}

  /** The work of a task is over: told by its token, or by the job it waited for. */
  record SettleTask(int scopeId, int stamp, Outcome outcome) implements Command {}

  /** The worker of a task is alive. */
  record HeartbeatTask(int scopeId, int stamp) implements Command {}

  /** A worker of an activity takes the task. */
  record TakeActivityTask(int scopeId, int stamp, @Nullable String workerName) implements Command {}

  /** A child of a map run ended that was started or redriven in that round. */
  record SettleChild(int scopeId, int stamp, int index, int round, Outcome outcome)
      implements Command {}

  /** A timer is due. */
  record FireTimer(Timer timer) implements Command {}

  /** End now, as ABORTED. */
  record StopExecution(@Nullable String error, @Nullable String cause) implements Command {}

  /** End now, as FAILED: a fault of ours was found in the execution. */
  record FailExecution(String error, String cause) implements Command {}

  /** Go on from where it failed, was aborted or timed out; the token makes it safe to repeat. */
  record RedriveExecution(@Nullable String clientToken) implements Command {}

  /** As {@link RedriveExecution}, for a child of a map run that is in a later round by now. */
  record RedriveChild(int round) implements Command {}

  /** Change the limits of a running map run; null leaves a limit as it is. */
  record UpdateMapRun(
      String mapRunArn,
      @Nullable Integer maxConcurrency,
      @Nullable Long toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage)
      implements Command {}
}
