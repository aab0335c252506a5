package io.stepwise.engine.behavior;

import io.stepwise.asl.model.ChoiceState;
import io.stepwise.asl.model.FailState;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.PassState;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.SucceedState;
import io.stepwise.asl.model.TaskState;
import io.stepwise.asl.model.WaitState;
import io.stepwise.engine.Reply;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Payload;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Walks an execution through its states until every scope waits for something, or the decision has
 * done enough. The one place that maps a state type to its behavior.
 */
public final class Walk {
  private final Draft draft;
  private final Closing closing;
  private final Transitions transitions;
  private final Failures failures;
  private final PassBehavior pass;
  private final TaskBehavior task;
  private final ChoiceBehavior choice;
  private final WaitBehavior wait;
  private final SucceedBehavior succeed;
  private final FailBehavior fail;
  private final ParallelBehavior parallel;
  private final MapBehavior map;
  private final MapRunBehavior mapRuns;

  /** A walk that writes into {@code draft}. */
  public Walk(Draft draft, Predicate<String> activityExists) {
    this.draft = draft;
    this.closing = new Closing(draft);
    this.transitions = new Transitions(draft);
    this.failures = new Failures(draft, closing, transitions);
    this.pass = new PassBehavior(draft, transitions);
    this.task = new TaskBehavior(draft, transitions, failures, closing, activityExists);
    this.choice = new ChoiceBehavior(draft, transitions);
    this.wait = new WaitBehavior(draft, transitions, failures);
    this.succeed = new SucceedBehavior(draft, transitions);
    this.fail = new FailBehavior(draft, failures);
    this.parallel = new ParallelBehavior(draft, transitions, failures, closing);
    this.mapRuns = new MapRunBehavior(draft, transitions, failures, closing);
    this.map = new MapBehavior(draft, transitions, failures, closing, mapRuns);
  }

  /** Does {@code action}, then walks on as far as possible. */
  public Reply run(Supplier<Reply> action) {
    try {
      var reply = action.get();
      while (!draft.isExhausted()) {
        var scope = draft.nextReady();
        // What did not end well stays open, idle, when the execution ends.
        if (scope == null || draft.execution().status().isClosed()) {
          return reply;
        }
        advance(scope);
      }
      var execution = draft.execution();
      if (draft.hasReady() && !execution.status().isClosed() && execution.continuation() == null) {
        draft.setTimer(execution.scope(Scope.ROOT), Timer.Kind.CONTINUE, draft.nowMillis());
      }
      return reply;
    } catch (HistoryLimitReached e) {
      closing.failExecution(
          new EventDetails.Failure(
              ErrorNames.RUNTIME,
              "The execution reached the maximum number of history events ("
                  + draft.limits().historyEventsMax()
                  + ")."),
          draft.execution().lastEventId());
      return Reply.DONE;
    }
  }

  /** Enters the next state of a scope without beginning it. For a state under test. */
  public void enter(Scope scope) {
    var next = draft.execution().graph(scope).state(Objects.requireNonNull(scope.nextState()));
    draft.write(
        scope,
        Transitions.enteredType(next.type()),
        new EventDetails.StateEntered(next.name(), scope.nextInput()));
  }

  /** Begins the state that a scope is in, for the first time or once more. */
  public void begin(Scope scope) {
    try {
      begin(scope, draft.execution().state(scope));
    } catch (EvaluationException e) {
      failures.evaluationFailed(scope, e);
    }
  }

  /**
   * Has the Parallel or Map state of a scope end as {@code outcome} says, without running what is
   * inside. For a state under test.
   *
   * @param readerData what the ItemReader would have read, or null
   * @param failureCount iterations that are taken to have failed
   */
  public void pretend(
      Scope scope, Outcome outcome, @Nullable JsonNode readerData, long failureCount) {
    var rehearsal = new FanOutRehearsal(draft, transitions, failures);
    try {
      switch (draft.execution().state(scope)) {
        case ParallelState parallelState -> rehearsal.parallel(scope, parallelState, outcome);
        case MapState mapState -> rehearsal.map(scope, mapState, outcome, readerData, failureCount);
        default -> throw new IllegalStateException("Expected a Parallel or Map state");
      }
    } catch (EvaluationException e) {
      failures.evaluationFailed(scope, e);
    }
  }

  /** Makes every scope ready that an exhausted decision left behind. */
  public void resume() {
    for (var scope : draft.execution().scopes()) {
      var active = scope.active();
      var fanOut = active == null ? null : active.fanOut();
      if (active == null
          || active.isIdle()
          || (fanOut != null && fanOut.plan().kind() != FanOutPlan.Kind.PARALLEL)) {
        draft.ready(scope);
      }
    }
  }

  /** Goes on from wherever the execution stood when it did not end well. */
  public void redrive() {
    new Redriving(draft, closing).begin();
  }

  /** Tells the parent of a closed execution once more how it ended. */
  public void notifyParentAgain() {
    closing.notifyParent();
  }

  /** Ends the execution from outside. */
  public void end(EventType type, @Nullable String error, @Nullable String cause) {
    closing.endExecution(type, new EventDetails.Failure(error, cause), 0);
  }

  /** A connector answered. */
  public Reply answer(int scopeId, int stamp, Outcome outcome) {
    return withAttempt(
        scopeId, stamp, scope -> task.answer(scope, taskState(scope), attempt(scope), outcome));
  }

  /** A connector began a job. */
  public Reply jobBegan(int scopeId, int stamp, Payload output, String reference) {
    return withAttempt(
        scopeId,
        stamp,
        scope -> task.jobBegan(scope, taskState(scope), attempt(scope), output, reference));
  }

  /** The mock of a test case answered. */
  public Reply answerMocked(int scopeId, int stamp, Outcome outcome) {
    return withAttempt(
        scopeId,
        stamp,
        scope -> task.answerMocked(scope, taskState(scope), attempt(scope), outcome));
  }

  /** The work of a task is over. */
  public Reply settle(int scopeId, int stamp, Outcome outcome) {
    return withAttempt(
        scopeId, stamp, scope -> task.settle(scope, taskState(scope), attempt(scope), outcome));
  }

  /** The worker of a task is alive. */
  public Reply heartbeat(int scopeId, int stamp) {
    return withAttempt(
        scopeId,
        stamp,
        scope -> {
          draft.write(new Progress.HeartbeatSeen(scope.id(), draft.nowMillis()));
          return Reply.DONE;
        });
  }

  /** A worker of an activity takes the task. */
  public Reply take(int scopeId, int stamp, @Nullable String workerName) {
    return withAttempt(scopeId, stamp, scope -> task.take(scope, attempt(scope), workerName));
  }

  /** A child of a map run ended. */
  public Reply settleChild(int scopeId, int stamp, int index, int round, Outcome outcome) {
    var scope = draft.execution().findScope(scopeId);
    var active = scope == null ? null : scope.active();
    var fanOut = active == null ? null : active.fanOut();
    var plan = fanOut == null ? null : fanOut.plan().mapRun();
    if (scope == null
        || fanOut == null
        || plan == null
        || plan.stamp() != stamp
        || fanOut.redriveCount() != round) {
      return Reply.GONE;
    }
    return mapRuns.settle(scope, (MapState) draft.execution().state(scope), fanOut, index, outcome);
  }

  /** Goes on starting children after the limits of a map run were raised. */
  public void spawn(Scope scope, FanOut fanOut) {
    mapRuns.spawn(scope, (MapState) draft.execution().state(scope), fanOut);
  }

  /** A timer of a state is due; a stale one changes nothing. */
  public void fire(Timer timer) {
    if (timer.kind() == Timer.Kind.CONTINUE) {
      if (timer.equals(draft.execution().continuation())) {
        draft.write(new Progress.TimerCleared(timer));
        resume();
      }
      return;
    }
    var scope = draft.execution().findScope(timer.scopeId());
    if (scope == null) {
      return;
    }
    var active = scope.active();
    if (active == null || !active.timers().contains(timer)) {
      return;
    }
    draft.write(new Progress.TimerCleared(timer));
    try {
      fire(scope, draft.execution().state(scope), timer);
    } catch (EvaluationException e) {
      failures.evaluationFailed(scope, e);
    }
  }

  private void fire(Scope scope, State state, Timer timer) throws EvaluationException {
    switch (timer.kind()) {
      case WAIT -> wait.over(scope, (WaitState) state);
      case RETRY -> begin(scope, state);
      case TASK_TIMEOUT -> task.timedOut(scope, (TaskState) state);
      case HEARTBEAT -> task.heartbeatDue(scope, (TaskState) state, attempt(scope));
      case JOB_POLL -> task.pollDue(scope, attempt(scope));
      case EXECUTION_TIMEOUT, CONTINUE ->
          throw new IllegalStateException("Expected no timer of the execution here");
    }
  }

  /** The effect that repeats what is under way, or empty where it is over. */
  public Optional<Effect> pendingEffect(int scopeId, int stamp, int index) {
    var scope = draft.execution().findScope(scopeId);
    var active = scope == null ? null : scope.active();
    if (scope == null || active == null) {
      return Optional.empty();
    }
    var state = draft.execution().state(scope);
    var fanOut = active.fanOut();
    if (index >= 0) {
      return fanOut != null
              && fanOut.plan().mapRun() != null
              && fanOut.plan().mapRun().stamp() == stamp
              && fanOut.isRunning(index)
          ? Optional.of(mapRuns.startChild(scope, (MapState) state, fanOut, index))
          : Optional.empty();
    }
    var attempt = active.attempt();
    return attempt != null && attempt.stamp() == stamp
        ? Optional.of(task.effect(scope, ((TaskState) state).resource(), attempt))
        : Optional.empty();
  }

  private void advance(Scope scope) {
    if (draft.execution().findScope(scope.id()) != scope) {
      return; // closed since it became ready
    }
    var next = scope.nextState();
    var active = scope.active();
    if (next != null) {
      enter(scope, draft.execution().graph(scope).state(next));
    } else if (active == null) {
      finish(scope);
    } else if (active.isIdle()) {
      begin(scope); // redriven
    } else if (active.fanOut() != null
        && draft.execution().state(scope) instanceof MapState mapState) {
      goOn(scope, mapState, active.fanOut());
    }
  }

  /**
   * Starts what may be started by now: after a redrive, or where one decision could not bear it.
   */
  private void goOn(Scope scope, MapState state, FanOut fanOut) {
    try {
      if (fanOut.plan().kind() == FanOutPlan.Kind.MAP) {
        map.spawn(scope, state, fanOut, scope.lastEventId());
      } else if (fanOut.isSuspended()) {
        mapRuns.redrive(scope, state, fanOut);
      } else {
        mapRuns.spawn(scope, state, fanOut);
      }
    } catch (EvaluationException e) {
      failures.evaluationFailed(scope, e);
    }
  }

  private void enter(Scope scope, State state) {
    draft.write(
        scope,
        Transitions.enteredType(state.type()),
        new EventDetails.StateEntered(state.name(), scope.nextInput()));
    begin(scope);
  }

  private void begin(Scope scope, State state) throws EvaluationException {
    switch (state) {
      case PassState passState -> pass.begin(scope, passState);
      case TaskState taskState -> task.begin(scope, taskState);
      case ChoiceState choiceState -> choice.begin(scope, choiceState);
      case WaitState waitState -> wait.begin(scope, waitState);
      case SucceedState succeedState -> succeed.begin(scope, succeedState);
      case FailState failState -> fail.begin(scope, failState);
      case ParallelState parallelState -> parallel.begin(scope, parallelState);
      case MapState mapState -> map.begin(scope, mapState);
    }
  }

  private void finish(Scope scope) {
    if (scope.isRoot()) {
      closing.succeedExecution(scope, scope.nextInput());
      return;
    }
    var parent = draft.execution().scope(scope.parentId());
    var fanOut = parent.activeState().fanOut();
    if (fanOut == null) {
      throw new IllegalStateException("Expected the parent of a scope to have branches or items");
    }
    switch (draft.execution().state(parent)) {
      case ParallelState parallelState -> parallel.collect(parent, parallelState, fanOut, scope);
      case MapState mapState -> map.collect(parent, mapState, fanOut, scope);
      default -> throw new IllegalStateException("Expected a Parallel or Map state");
    }
  }

  private interface AttemptAction {
    Reply apply(Scope scope);
  }

  private Reply withAttempt(int scopeId, int stamp, AttemptAction action) {
    var scope = draft.execution().findScope(scopeId);
    var active = scope == null ? null : scope.active();
    var attempt = active == null ? null : active.attempt();
    if (scope == null || attempt == null || attempt.stamp() != stamp) {
      return Reply.GONE;
    }
    return action.apply(scope);
  }

  private TaskState taskState(Scope scope) {
    return (TaskState) draft.execution().state(scope);
  }

  private static TaskAttempt attempt(Scope scope) {
    var attempt = scope.activeState().attempt();
    if (attempt == null) {
      throw new IllegalStateException("Expected an attempt");
    }
    return attempt;
  }
}
