package io.stepwise.engine.effect;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/** What an execution asks of the world. Performed after the commit, perhaps twice. */
public sealed interface Effect {

  /**
   * Have a connector do the work of a task; its answer comes back as {@code AnswerTask}.
   *
   * @param timeoutSeconds bound on the attempt, or 0
   */
  record InvokeTask(
      TaskRef task,
      TaskResource resource,
      Payload parameters,
      ExecutionHeader execution,
      long timeoutSeconds,
      @Nullable String credentialsRoleArn)
      implements Effect {}

  /**
   * Have the test case of an execution answer a task, or {@code work} where the case leaves the
   * state out.
   *
   * @param invocation attempts at this state before
   */
  record MockTask(
      TaskRef task, ExecutionHeader execution, String state, int invocation, Effect work)
      implements Effect {}

  /** Offer a task to the workers of an activity. */
  record OfferActivityTask(TaskRef task, String activityArn) implements Effect {}

  /** Start an execution of another state machine for a {@code states:startExecution} task. */
  record StartNestedExecution(
      TaskRef task, IntegrationPattern pattern, Payload parameters, ExecutionHeader parent)
      implements Effect {}

  /** Start a child of a map run. */
  record StartMapRunChild(
      ParentLink.MapRunChild link,
      ExecutionHeader parent,
      int graphIndex,
      String label,
      StateMachineType type,
      Payload input)
      implements Effect {}

  /** Redrive a child of a map run, or start it where it was never started. */
  record RedriveMapRunChild(StartMapRunChild start) implements Effect {}

  /**
   * Tell the parent that its child ended.
   *
   * @param redriveCount how often the child has been redriven
   * @param redriveRefusal why it can't be redriven, or null where it can
   */
  record NotifyParent(
      ParentLink link,
      ExecutionHeader child,
      ExecutionStatus status,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      long stopMillis,
      int redriveCount,
      @Nullable String redriveRefusal)
      implements Effect {}

  /** Stop a child that nobody waits for any more: of a map run, or a nested {@code .sync} one. */
  record StopMapRunChild(
      ParentLink.MapRunChild link, ExecutionHeader parent, String label, StateMachineType type)
      implements Effect {}

  /**
   * Stop a child, by now known by its ARN: what the two effects beside this one come down to.
   *
   * @param parent the attempt that it is a child of, in that round
   */
  record StopChild(String executionArn, TaskRef parent, int round) implements Effect {}

  /** Ask how a job is doing; once it is over, that comes back as {@code SettleTask}. */
  record PollJob(AwaitedJob job) implements Effect {}

  /** Stop a job that nobody waits for any more. */
  record StopJob(AwaitedJob job) implements Effect {}

  /** Stop the nested execution that an attempt waits for. */
  record StopNestedExecution(TaskRef task, Payload parameters, ExecutionHeader parent)
      implements Effect {}
}
