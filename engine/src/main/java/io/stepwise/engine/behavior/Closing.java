package io.stepwise.engine.behavior;

import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.StateType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.RedriveRules;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends what is under way: scopes, attempts, branches, the execution. Afterwards no timer, no
 * attempt and no child of them is left.
 *
 * <p>What did not end well is left where it stood, idle, because the execution may be redriven from
 * there; it is closed once something catches or retries the failure.
 */
final class Closing {
  private final Draft draft;

  Closing(Draft draft) {
    this.draft = draft;
  }

  /** Ends the execution with its output. */
  void succeedExecution(Scope root, Payload output) {
    var cause = root.lastEventId();
    idleAll();
    for (var scope : new ArrayList<>(draft.execution().scopes())) {
      draft.write(new Progress.ScopeClosed(scope.id()));
    }
    draft.writeEnd(EventType.ExecutionSucceeded, new EventDetails.Output(output), cause);
    notifyParent();
  }

  /** Ends the execution as FAILED. */
  void failExecution(EventDetails.Failure failure, long causeEventId) {
    endExecution(EventType.ExecutionFailed, failure, causeEventId);
  }

  /** Ends the execution as FAILED, ABORTED or TIMED_OUT. */
  void endExecution(EventType type, EventDetails.Failure failure, long causeEventId) {
    idleAll();
    if (!mayBeRedriven()) {
      var root = draft.execution().scope(Scope.ROOT);
      closeBelow(root);
      draft.write(new Progress.ScopeClosed(root.id()));
    }
    draft.writeEnd(type, failure, causeEventId);
    notifyParent();
  }

  private boolean mayBeRedriven() {
    var execution = draft.execution();
    var endEventId = execution.lastEventId() + 1;
    return !execution.header().isExpress()
        && RedriveRules.hasRoom(endEventId, draft.limits().historyEventsMax());
  }

  /** Ends the attempt and the timers of the active state of a scope, and the job it waits for. */
  void endAttempt(Scope scope) {
    var active = scope.active();
    if (active != null && active.attempt() != null) {
      stopJob(scope, active.attempt());
    }
    attemptOver(scope);
  }

  /** Notes that the attempt of the active state of a scope is over, with its timers. */
  void attemptOver(Scope scope) {
    draft.clearTimers(scope);
    var active = scope.active();
    if (active != null && active.attempt() != null) {
      draft.write(new Progress.AttemptEnded(scope.id()));
    }
  }

  /** The branches or items of the active state of a scope are over and not needed any more. */
  void endFanOut(Scope scope) {
    var active = scope.active();
    if (active != null && active.fanOut() != null) {
      draft.write(new Progress.FanOutEnded(scope.id(), draft.nowMillis()));
    }
  }

  /** As above, with the scopes of those that did not end well. */
  void closeBelow(Scope scope) {
    var active = scope.active();
    if (active == null || active.fanOut() == null) {
      return;
    }
    for (var child : draft.execution().children(scope)) {
      closeBelow(child);
      draft.write(new Progress.ScopeClosed(child.id()));
    }
    endFanOut(scope);
  }

  /** A map run of the active state of a scope is over, and with it the children that still run. */
  void endMapRun(Scope scope, ExecutionStatus status) {
    var fanOut = Objects.requireNonNull(scope.activeState().fanOut());
    draft.write(new Progress.MapRunEnded(scope.id(), status, draft.nowMillis()));
    if (fanOut.running() > 0) {
      stopChildren(scope, Objects.requireNonNull(fanOut.plan().mapRun()));
    }
    draft.write(new Progress.FanOutSuspended(scope.id()));
  }

  /** Leaves a scope whose state has just failed idle; what is below it is so already. */
  void abortFailed(Scope scope, long causeEventId) {
    var state = draft.execution().state(scope);
    idle(scope);
    if (state instanceof TaskState) {
      draft.write(scope, EventType.TaskStateAborted, EventDetails.NONE, causeEventId);
    }
  }

  /** Aborts all open branches or iterations of the active state of a scope but one that failed. */
  void abortChildren(Scope parent, @Nullable Scope failed, long causeEventId) {
    var state = draft.execution().state(parent);
    for (var child : draft.execution().children(parent)) {
      if (child == failed) {
        continue;
      }
      if (state instanceof MapState map) {
        draft.write(
            child,
            EventType.MapIterationAborted,
            new EventDetails.MapIteration(map.name(), child.index()),
            causeEventId);
      }
      abort(child, causeEventId);
    }
  }

  private void abort(Scope scope, long causeEventId) {
    if (scope.active() != null) {
      var state = draft.execution().state(scope);
      idleBelow(scope, causeEventId);
      var aborted = abortedType(state.type());
      if (aborted != null) {
        draft.write(scope, aborted, EventDetails.NONE, causeEventId);
      }
    }
  }

  private void idleBelow(Scope scope, long causeEventId) {
    var active = scope.active();
    if (active == null) {
      return;
    }
    if (active.fanOut() != null && active.fanOut().plan().kind() != FanOutPlan.Kind.MAP_RUN) {
      abortChildren(scope, null, causeEventId);
    }
    idle(scope);
  }

  /** Ends whatever is under way in the active state of a scope, but not its branches' scopes. */
  private void idle(Scope scope) {
    var active = scope.active();
    var fanOut = active == null ? null : active.fanOut();
    if (fanOut != null && fanOut.isMapRunUnderWay()) {
      endMapRun(scope, ExecutionStatus.ABORTED);
    }
    endAttempt(scope);
  }

  private static @Nullable EventType abortedType(StateType type) {
    return switch (type) {
      case TASK -> EventType.TaskStateAborted;
      case WAIT -> EventType.WaitStateAborted;
      case MAP -> EventType.MapStateAborted;
      case PARALLEL -> EventType.ParallelStateAborted;
      case PASS, CHOICE, SUCCEED, FAIL -> null;
    };
  }

  /** Ends all that is under way without a word in the history, as AWS does at the end. */
  private void idleAll() {
    var execution = draft.execution();
    for (var scope : new ArrayList<>(execution.scopes())) {
      idle(scope);
    }
    var timeout = execution.timeout();
    if (timeout != null) {
      draft.write(new Progress.TimerCleared(timeout));
    }
    var continuation = execution.continuation();
    if (continuation != null) {
      draft.write(new Progress.TimerCleared(continuation));
    }
  }

  /** Tells the parent, if it waits, how the execution ended. */
  void notifyParent() {
    Execution execution = draft.execution();
    var link = execution.parent();
    if (link != null && link.awaited()) {
      draft.ask(
          new Effect.NotifyParent(
              link,
              execution.header(),
              execution.status(),
              execution.output(),
              execution.error(),
              execution.cause(),
              execution.stopMillis(),
              execution.redriveCount(),
              RedriveRules.reasonAgainst(
                  execution, draft.nowMillis(), draft.limits().historyEventsMax())));
    }
  }

  /** A job that nobody waits for any more is stopped, as AWS tries to. */
  private void stopJob(Scope scope, TaskAttempt attempt) {
    var job = awaitedJob(scope, attempt);
    if (job != null) {
      draft.ask(new Effect.StopJob(job));
    } else if (attempt.phase() == TaskAttempt.Phase.SUBMITTED
        && draft.execution().state(scope) instanceof TaskState task
        && task.resource() instanceof TaskResource.ServiceIntegration integration
        && integration.service().equals("states")
        && (integration.pattern() == IntegrationPattern.SYNC
            || integration.pattern() == IntegrationPattern.SYNC_2)) {
      draft.ask(
          new Effect.StopNestedExecution(
              draft.taskRef(scope, attempt.stamp()),
              attempt.parameters(),
              draft.execution().header()));
    }
  }

  /** The job that an attempt waits for, or null. */
  @Nullable AwaitedJob awaitedJob(Scope scope, TaskAttempt attempt) {
    return attempt.job() != null
            && draft.execution().state(scope) instanceof TaskState task
            && task.resource() instanceof TaskResource.ServiceIntegration integration
        ? new AwaitedJob(
            draft.taskRef(scope, attempt.stamp()),
            draft.execution().header().machine().stateMachineArn(),
            integration,
            attempt.job().reference(),
            attempt.credentialsRoleArn())
        : null;
  }

  private void stopChildren(Scope scope, FanOutPlan.MapRunPlan mapRun) {
    var fanOut = Objects.requireNonNull(scope.activeState().fanOut());
    var map = (MapState) draft.execution().state(scope);
    var distributed = Objects.requireNonNull(map.distributed());
    for (var index : fanOut.runningIndexes()) {
      var link =
          new ParentLink.MapRunChild(
              new TaskRef(draft.execution().header().id(), scope.id(), mapRun.stamp()),
              index,
              mapRun.arn(),
              fanOut.itemCount(index),
              fanOut.redriveCount());
      draft.ask(
          new Effect.StopMapRunChild(
              link, draft.execution().header(), distributed.label(), distributed.executionType()));
    }
  }
}
