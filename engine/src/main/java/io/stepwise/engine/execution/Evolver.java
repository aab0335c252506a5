package io.stepwise.engine.execution;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Changes.Pending;

/**
 * Applies events to executions: the only code that changes one. Deciding and applying are apart so
 * that folding the events of an execution gives its state, which the simulation checks always.
 */
public final class Evolver {
  private Evolver() {}

  /** Applies one event. */
  public static void apply(Execution execution, Event event) {
    switch (event) {
      case HistoryEvent history -> applyHistory(execution, history);
      case Progress progress -> applyProgress(execution, progress);
    }
  }

  private static void applyHistory(Execution execution, HistoryEvent event) {
    execution.lastEvent(event.id(), event.timestampMillis());
    var scope = execution.findScope(event.scopeId());
    if (scope != null) {
      switch (event.type()) {
        // AWS hangs the Exited event on the same event as these, not on these.
        case MapStateSucceeded, ParallelStateSucceeded -> {}
        default -> scope.lastEvent(event.id());
      }
      execution.changes().touched(scope);
    }
    switch (event.details()) {
      case EventDetails.StateEntered(var name, var input) ->
          execution
              .scope(event.scopeId())
              .enter(
                  new ActiveState(
                      name, input, event.id(), event.previousEventId(), event.timestampMillis()));
      case EventDetails.StateExited(var name, var output, var assigned, var next) ->
          execution.scope(event.scopeId()).exit(next, output, assigned);
      default -> applyEnd(execution, event);
    }
  }

  private static void applyEnd(Execution execution, HistoryEvent event) {
    var millis = event.timestampMillis();
    switch (event.type()) {
      case ExecutionSucceeded ->
          execution.end(
              ExecutionStatus.SUCCEEDED,
              millis,
              ((EventDetails.Output) event.details()).output(),
              null,
              null);
      case ExecutionFailed -> fail(execution, ExecutionStatus.FAILED, event);
      case ExecutionAborted -> fail(execution, ExecutionStatus.ABORTED, event);
      case ExecutionTimedOut -> fail(execution, ExecutionStatus.TIMED_OUT, event);
      case ExecutionRedriven ->
          execution.redriven(((EventDetails.Redriven) event.details()).redriveCount(), millis);
      default -> {}
    }
  }

  private static void fail(Execution execution, ExecutionStatus status, HistoryEvent event) {
    var failure = (EventDetails.Failure) event.details();
    execution.end(status, event.timestampMillis(), null, failure.error(), failure.cause());
  }

  private static void applyProgress(Execution execution, Progress event) {
    var changes = execution.changes();
    switch (event) {
      case Progress.ScopeOpened opened -> {
        var graph = execution.header().machine().definition().graphs().get(opened.graphIndex());
        var scope =
            new Scope(
                opened.scopeId(),
                opened.parentId(),
                opened.index(),
                opened.graphIndex(),
                graph.startAt(),
                opened.input());
        scope.lastEvent(opened.causeEventId());
        execution.open(scope);
        changes.touched(scope);
      }
      case Progress.ScopeClosed(var scopeId) -> {
        var scope = execution.scope(scopeId);
        execution.close(scope);
        changes.closed(scope);
      }
      case Progress.CauseMoved(var scopeId, var eventId) ->
          touched(execution, scopeId).lastEvent(eventId);
      case Progress.TimerSet(var timer) -> {
        if (timer.kind() == Timer.Kind.EXECUTION_TIMEOUT) {
          execution.timeout(timer);
        } else if (timer.kind() == Timer.Kind.CONTINUE) {
          touched(execution, timer.scopeId()).stamp(timer.stamp());
          execution.continuation(timer);
        } else {
          var scope = touched(execution, timer.scopeId());
          scope.stamp(timer.stamp());
          var active = scope.active();
          if (active != null) {
            active.timers().add(timer);
          }
        }
        changes.set(timer);
      }
      case Progress.TimerCleared(var timer) -> {
        if (timer.kind() == Timer.Kind.EXECUTION_TIMEOUT) {
          execution.timeout(null);
        } else if (timer.kind() == Timer.Kind.CONTINUE) {
          execution.continuation(null);
        } else {
          var active = touched(execution, timer.scopeId()).active();
          if (active != null) {
            active.timers().remove(timer);
          }
        }
        changes.cleared(timer);
      }
      case Progress.AttemptBegan(var scopeId, var attempt) -> {
        var scope = touched(execution, scopeId);
        scope.stamp(attempt.stamp());
        scope.activeState().attempt(attempt);
        if (attempt.invocation() >= 0) {
          execution.invoked(scope.activeState().name());
        }
        changes.began(new Pending(scopeId, attempt.stamp(), -1));
      }
      case Progress.AttemptAdvanced(var scopeId, var phase) -> {
        var active = touched(execution, scopeId).activeState();
        var attempt = attempt(active);
        active.attempt(attempt.in(phase));
        // A submitted or taken attempt is not dispatched again after a restart.
        changes.ended(new Pending(scopeId, attempt.stamp(), -1));
      }
      case Progress.JobBegan(var scopeId, var job) -> {
        var active = touched(execution, scopeId).activeState();
        var attempt = attempt(active);
        active.attempt(attempt.awaiting(job));
        changes.ended(new Pending(scopeId, attempt.stamp(), -1));
      }
      case Progress.HeartbeatSeen(var scopeId, var millis) -> {
        var active = touched(execution, scopeId).activeState();
        active.attempt(attempt(active).heardAt(millis));
      }
      case Progress.AttemptEnded(var scopeId) -> {
        var active = touched(execution, scopeId).activeState();
        var attempt = attempt(active);
        active.attempt(null);
        if (attempt.phase() == TaskAttempt.Phase.DISPATCHED) {
          changes.ended(new Pending(scopeId, attempt.stamp(), -1));
        }
      }
      case Progress.RetryDecided(var scopeId, var retrierIndex) ->
          touched(execution, scopeId).activeState().retry(retrierIndex);
      case Progress.FanOutBegan(var scopeId, var plan) -> {
        var scope = touched(execution, scopeId);
        if (plan.mapRun() != null) {
          scope.stamp(plan.mapRun().stamp());
        }
        scope.activeState().fanOut(new FanOut(plan));
        changes.mapRun(execution, scope);
      }
      case Progress.ItemsRead(var scopeId, var inputs, var carry, var items, var next) -> {
        var scope = touched(execution, scopeId);
        var backlog = fanOut(scope).backlog();
        if (!inputs.isEmpty()) {
          changes.pageRead(scopeId, backlog.inputs());
        }
        backlog.read(inputs, carry, items, next);
        execution.mapRunChanged(scopeId);
        changes.mapRun(execution, scope);
      }
      case Progress.FanOutAdvanced(var scopeId, var index) -> {
        var fanOut = fanOut(touched(execution, scopeId));
        fanOut.advance(index);
        var mapRun = fanOut.plan().mapRun();
        if (mapRun != null) {
          changes.began(new Pending(scopeId, mapRun.stamp(), index));
          changes.mapRun(execution, execution.scope(scopeId));
          execution.mapRunChanged(scopeId);
        }
      }
      case Progress.FanOutCollected(var scopeId, var index, var outcome) -> {
        var fanOut = fanOut(touched(execution, scopeId));
        fanOut.collect(index, outcome);
        var mapRun = fanOut.plan().mapRun();
        if (mapRun != null) {
          changes.ended(new Pending(scopeId, mapRun.stamp(), index));
          changes.mapRun(execution, execution.scope(scopeId));
          execution.mapRunChanged(scopeId);
        }
        if (outcome instanceof Outcome.Success) {
          changes.collected(scopeId, index);
        }
      }
      case Progress.MapRunLimited limited -> {
        var scope = touched(execution, limited.scopeId());
        fanOut(scope)
            .limit(
                limited.maxConcurrency(),
                limited.toleratedFailureCount(),
                limited.toleratedFailurePercentage());
        changes.mapRun(execution, scope);
      }
      case Progress.MapRunEnded(var scopeId, var status, var millis) -> {
        var scope = touched(execution, scopeId);
        changes.mapRunEnded(execution, scope, status, millis);
      }
      case Progress.FanOutSuspended(var scopeId) -> {
        var scope = touched(execution, scopeId);
        changes.suspended(scopeId, fanOut(scope));
        fanOut(scope).suspend();
      }
      case Progress.MapRunResumed(var scopeId, var count, var millis, var eventId) -> {
        var scope = touched(execution, scopeId);
        fanOut(scope).redriven(count, millis, eventId);
        changes.mapRun(execution, scope);
      }
      case Progress.RetriesReset(var scopeId) ->
          touched(execution, scopeId).activeState().resetRetries();
      case Progress.RedriveAsked(var token, var millis) ->
          execution.redriveToken(new Execution.RedriveToken(token, millis));
      case Progress.ParentRoundMoved(var round) -> execution.parentRound(round);
      case Progress.FanOutEnded(var scopeId, var millis) -> {
        var scope = touched(execution, scopeId);
        var fanOut = fanOut(scope);
        changes.fanOutEnded(scopeId, fanOut);
        scope.activeState().fanOut(null);
      }
    }
  }

  private static Scope touched(Execution execution, int scopeId) {
    var scope = execution.scope(scopeId);
    execution.changes().touched(scope);
    return scope;
  }

  private static TaskAttempt attempt(ActiveState active) {
    var attempt = active.attempt();
    if (attempt == null) {
      throw new IllegalStateException("Expected state " + active.name() + " to have an attempt");
    }
    return attempt;
  }

  private static FanOut fanOut(Scope scope) {
    var fanOut = scope.activeState().fanOut();
    if (fanOut == null) {
      throw new IllegalStateException(
          "Expected state " + scope.activeState().name() + " to have branches or items");
    }
    return fanOut;
  }
}
