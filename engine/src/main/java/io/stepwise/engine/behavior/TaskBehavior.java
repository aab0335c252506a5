package io.stepwise.engine.behavior;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.Reply;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Payload;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has a resource do the work, and waits for its answer.
 *
 * <pre>
 * Scheduled, Started ─▶ (Submitted ─▶) Succeeded ─▶ Exited
 *                                  └─▶ Failed | TimedOut ─▶ retry, catch, or fail
 * </pre>
 */
final class TaskBehavior implements StateBehavior<TaskState> {
  /** Pause before the next look at a job: half of what it has taken so far, within these. */
  private static final long POLL_MILLIS_MIN = 200;

  private static final long POLL_MILLIS_MAX = 30_000;

  private final Draft draft;
  private final Transitions transitions;
  private final Failures failures;
  private final Closing closing;
  private final Predicate<String> activityExists;

  TaskBehavior(
      Draft draft,
      Transitions transitions,
      Failures failures,
      Closing closing,
      Predicate<String> activityExists) {
    this.draft = draft;
    this.transitions = transitions;
    this.failures = failures;
    this.closing = closing;
    this.activityExists = activityExists;
  }

  @Override
  public void begin(Scope scope, TaskState state) throws EvaluationException {
    var stamp = scope.stampLast() + 1;
    var token = tokenOf(scope, state.resource(), stamp);
    var arguments = DataFlows.arguments(draft, scope, state.dataFlow(), token);
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var attempt =
        new TaskAttempt(
            stamp,
            TaskAttempt.Phase.DISPATCHED,
            arguments,
            Values.integer(state.timeoutSeconds(), bindings, 1),
            Values.integer(state.heartbeatSeconds(), bindings, 1),
            Values.text(state.credentials(), bindings),
            draft.nowMillis(),
            null,
            invocation(state));
    writeScheduled(scope, state.resource(), attempt);
    draft.write(new Progress.AttemptBegan(scope.id(), attempt));
    if (attempt.timeoutSeconds() > 0) {
      draft.setTimer(
          scope, Timer.Kind.TASK_TIMEOUT, draft.nowMillis() + 1000 * attempt.timeoutSeconds());
    }
    // Nobody can be silent before a worker has taken the task.
    if (!(state.resource() instanceof TaskResource.Activity)) {
      watchHeartbeat(scope, attempt);
    }
    draft.ask(effect(scope, state.resource(), attempt));
  }

  /** The effect that gets an attempt going; also after a restart. */
  Effect effect(Scope scope, TaskResource resource, TaskAttempt attempt) {
    var job = closing.awaitedJob(scope, attempt);
    if (job != null) {
      return new Effect.PollJob(job);
    }
    var work = work(scope, resource, attempt);
    return attempt.invocation() < 0
        ? work
        : new Effect.MockTask(
            draft.taskRef(scope, attempt.stamp()),
            draft.execution().header(),
            scope.activeState().name(),
            attempt.invocation(),
            work);
  }

  private int invocation(TaskState state) {
    var execution = draft.execution();
    return execution.header().testCase() == null
        ? -1
        : execution.invocations().getOrDefault(state.name(), 0);
  }

  private Effect work(Scope scope, TaskResource resource, TaskAttempt attempt) {
    var task = draft.taskRef(scope, attempt.stamp());
    var header = draft.execution().header();
    return switch (resource) {
      case TaskResource.Activity(var arn) -> new Effect.OfferActivityTask(task, arn);
      case TaskResource.ServiceIntegration integration
          when integration.service().equals("states")
              && integration.action().equals("startExecution") ->
          new Effect.StartNestedExecution(
              task, integration.pattern(), attempt.parameters(), header);
      case TaskResource.ServiceIntegration integration -> invoke(scope, resource, attempt);
      case TaskResource.LambdaFunction lambda -> invoke(scope, resource, attempt);
    };
  }

  private Effect invoke(Scope scope, TaskResource resource, TaskAttempt attempt) {
    return new Effect.InvokeTask(
        draft.taskRef(scope, attempt.stamp()),
        resource,
        attempt.parameters(),
        draft.execution().header(),
        attempt.timeoutSeconds(),
        attempt.credentialsRoleArn());
  }

  /** A connector answered. */
  Reply answer(Scope scope, TaskState state, TaskAttempt attempt, Outcome outcome) {
    if (!waitsForMore(state.resource())) {
      return settle(scope, state, attempt, outcome);
    }
    if (attempt.phase() != TaskAttempt.Phase.DISPATCHED) {
      return Reply.GONE;
    }
    if (!(outcome instanceof Outcome.Success(var output))) {
      return settle(scope, state, attempt, outcome);
    }
    var integration = (TaskResource.ServiceIntegration) state.resource();
    draft.write(
        scope,
        EventType.TaskSubmitted,
        new EventDetails.TaskOutput(integration.service(), integration.resource(), output));
    draft.write(new Progress.AttemptAdvanced(scope.id(), TaskAttempt.Phase.SUBMITTED));
    return Reply.DONE;
  }

  /** A connector began a job: it is looked after until it is over. */
  Reply jobBegan(
      Scope scope, TaskState state, TaskAttempt attempt, Payload output, String reference) {
    if (attempt.phase() != TaskAttempt.Phase.DISPATCHED
        || !(state.resource() instanceof TaskResource.ServiceIntegration integration)) {
      return Reply.GONE;
    }
    draft.write(
        scope,
        EventType.TaskSubmitted,
        new EventDetails.TaskOutput(integration.service(), integration.resource(), output));
    draft.write(
        new Progress.JobBegan(scope.id(), new TaskAttempt.Job(reference, draft.nowMillis())));
    pollLater(scope, draft.nowMillis());
    return Reply.DONE;
  }

  /** A job may be over: it is asked for, and will be again. */
  void pollDue(Scope scope, TaskAttempt attempt) {
    var job = closing.awaitedJob(scope, attempt);
    if (job != null && attempt.job() != null) {
      pollLater(scope, attempt.job().sinceMillis());
      draft.ask(new Effect.PollJob(job));
    }
  }

  /**
   * The timer is set before the poll is answered, so that a crash in between loses nothing. A
   * service's own time passes as it does, whatever the scale of waits.
   */
  private void pollLater(Scope scope, long sinceMillis) {
    var pause = (draft.nowMillis() - sinceMillis) / 2;
    draft.setTimerExactly(
        scope,
        Timer.Kind.JOB_POLL,
        draft.nowMillis() + Math.clamp(pause, POLL_MILLIS_MIN, POLL_MILLIS_MAX));
  }

  /** The mock of a test case answered: the job, if there is one, began and is over. */
  Reply answerMocked(Scope scope, TaskState state, TaskAttempt attempt, Outcome outcome) {
    if (waitsForMore(state.resource()) && attempt.phase() == TaskAttempt.Phase.DISPATCHED) {
      var submitted =
          outcome instanceof Outcome.Success(var output) ? output : Payload.EMPTY_OBJECT;
      var reply = answer(scope, state, attempt, new Outcome.Success(submitted));
    }
    return settle(scope, state, attempt, outcome);
  }

  /** The work is over. */
  Reply settle(Scope scope, TaskState state, TaskAttempt attempt, Outcome outcome) {
    closing.attemptOver(scope);
    switch (checkSize(state.resource(), outcome)) {
      case Outcome.Success(var output) -> {
        writeSucceeded(scope, state.resource(), output);
        draft.reached(Inspector.Stage.RESULT, output);
        try {
          var handover = DataFlows.afterResult(draft, scope, state.dataFlow(), output);
          transitions.exit(scope, handover, state.transition());
        } catch (EvaluationException e) {
          failures.evaluationFailed(scope, e);
        }
      }
      case Outcome.Failure(var error, var cause, var status) -> {
        var eventId = writeFailure(scope, state.resource(), error, cause, Ending.FAILED);
        failures.fail(scope, new StateFailure(error, cause, eventId));
      }
    }
    return Reply.DONE;
  }

  /** A worker of the activity takes the task. */
  Reply take(Scope scope, TaskAttempt attempt, @Nullable String workerName) {
    if (attempt.phase() != TaskAttempt.Phase.DISPATCHED) {
      return Reply.GONE;
    }
    draft.write(scope, EventType.ActivityStarted, new EventDetails.ActivityStarted(workerName));
    draft.write(new Progress.AttemptAdvanced(scope.id(), TaskAttempt.Phase.STARTED));
    if (attempt.heartbeatSeconds() > 0) {
      draft.write(new Progress.HeartbeatSeen(scope.id(), draft.nowMillis()));
      watchHeartbeat(scope, attempt);
    }
    var token = TaskToken.of(draft.taskRef(scope, attempt.stamp()));
    return new Reply.ActivityTask(token, attempt.parameters());
  }

  /** The attempt took too long. */
  void timedOut(Scope scope, TaskState state) {
    timedOut(scope, state, false);
  }

  /** The worker may have been silent for too long; a heartbeat meanwhile sets a new timer. */
  void heartbeatDue(Scope scope, TaskState state, TaskAttempt attempt) {
    var silenceMillis = 1000 * attempt.heartbeatSeconds() * draft.limits().waitTimeScale();
    var restMillis = attempt.heardAtMillis() + (long) silenceMillis - draft.nowMillis();
    if (restMillis > 0) {
      draft.setTimerExactly(scope, Timer.Kind.HEARTBEAT, draft.nowMillis() + restMillis);
    } else {
      timedOut(scope, state, true);
    }
  }

  private void watchHeartbeat(Scope scope, TaskAttempt attempt) {
    if (attempt.heartbeatSeconds() > 0) {
      draft.setTimer(
          scope, Timer.Kind.HEARTBEAT, draft.nowMillis() + 1000 * attempt.heartbeatSeconds());
    }
  }

  private void timedOut(Scope scope, TaskState state, boolean missedHeartbeat) {
    closing.endAttempt(scope);
    var eventId = writeFailure(scope, state.resource(), ErrorNames.TIMEOUT, null, Ending.TIMED_OUT);
    failures.fail(scope, new StateFailure(ErrorNames.TIMEOUT, null, eventId, missedHeartbeat));
  }

  private @Nullable String tokenOf(Scope scope, TaskResource resource, int stamp) {
    return resource instanceof TaskResource.ServiceIntegration integration
            && integration.pattern() != IntegrationPattern.REQUEST_RESPONSE
        ? TaskToken.of(draft.taskRef(scope, stamp))
        : null;
  }

  private static boolean waitsForMore(TaskResource resource) {
    return resource instanceof TaskResource.ServiceIntegration integration
        && integration.pattern() != IntegrationPattern.REQUEST_RESPONSE;
  }

  private void writeScheduled(Scope scope, TaskResource resource, TaskAttempt attempt)
      throws EvaluationException {
    var timeout = attempt.timeoutSeconds() == 0 ? null : (Long) attempt.timeoutSeconds();
    var heartbeat = attempt.heartbeatSeconds() == 0 ? null : (Long) attempt.heartbeatSeconds();
    switch (resource) {
      case TaskResource.LambdaFunction(var arn) -> {
        draft.write(
            scope,
            EventType.LambdaFunctionScheduled,
            new EventDetails.LambdaScheduled(
                arn, attempt.parameters(), timeout, attempt.credentialsRoleArn()));
        draft.write(scope, EventType.LambdaFunctionStarted, EventDetails.NONE);
      }
      case TaskResource.Activity(var arn) -> {
        if (!activityExists.test(arn)) {
          throw new EvaluationException(
              ErrorNames.RUNTIME, "The activity " + arn + " does not exist.");
        }
        draft.write(
            scope,
            EventType.ActivityScheduled,
            new EventDetails.ActivityScheduled(arn, attempt.parameters(), timeout, heartbeat));
      }
      case TaskResource.ServiceIntegration integration -> {
        draft.write(
            scope,
            EventType.TaskScheduled,
            new EventDetails.TaskScheduled(
                integration.service(),
                integration.resource(),
                draft.execution().header().machine().location().region(),
                attempt.parameters(),
                timeout,
                heartbeat,
                attempt.credentialsRoleArn()));
        draft.write(
            scope,
            EventType.TaskStarted,
            new EventDetails.TaskStarted(integration.service(), integration.resource()));
      }
    }
  }

  private Outcome checkSize(TaskResource resource, Outcome outcome) {
    if (outcome instanceof Outcome.Success(var output)
        && output.sizeBytes() > draft.limits().payloadBytesMax()) {
      var name =
          resource instanceof TaskResource.ServiceIntegration integration
              ? integration.service()
              : resource.arn();
      return new Outcome.Failure(ErrorNames.DATA_LIMIT_EXCEEDED, DataFlows.tooLarge(name));
    }
    return outcome;
  }

  private void writeSucceeded(Scope scope, TaskResource resource, Payload output) {
    switch (resource) {
      case TaskResource.LambdaFunction lambda ->
          draft.write(scope, EventType.LambdaFunctionSucceeded, new EventDetails.Output(output));
      case TaskResource.Activity activity ->
          draft.write(scope, EventType.ActivitySucceeded, new EventDetails.Output(output));
      case TaskResource.ServiceIntegration integration ->
          draft.write(
              scope,
              EventType.TaskSucceeded,
              new EventDetails.TaskOutput(integration.service(), integration.resource(), output));
    }
  }

  private enum Ending {
    FAILED,
    TIMED_OUT
  }

  private long writeFailure(
      Scope scope,
      TaskResource resource,
      @Nullable String error,
      @Nullable String cause,
      Ending ending) {
    var timedOut = ending == Ending.TIMED_OUT;
    return switch (resource) {
      case TaskResource.LambdaFunction lambda ->
          draft.write(
              scope,
              timedOut ? EventType.LambdaFunctionTimedOut : EventType.LambdaFunctionFailed,
              new EventDetails.Failure(error, cause));
      case TaskResource.Activity activity ->
          draft.write(
              scope,
              timedOut ? EventType.ActivityTimedOut : EventType.ActivityFailed,
              new EventDetails.Failure(error, cause));
      case TaskResource.ServiceIntegration integration ->
          draft.write(
              scope,
              timedOut ? EventType.TaskTimedOut : EventType.TaskFailed,
              new EventDetails.TaskFailure(
                  integration.service(), integration.resource(), error, cause));
    };
  }
}
