package io.stepwise.engine.behavior;

import io.stepwise.asl.model.Catcher;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.Retrier;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.TaskState;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a state fails: retry, else catch, else fail what is around it.
 *
 * <pre>
 * failure ─▶ retrier with attempts left? ─▶ timer
 *         ─▶ catcher?                    ─▶ Exited, next state
 *         ─▶ in a branch or iteration?   ─▶ siblings aborted, the Parallel or Map state fails
 *         ─▶                                ExecutionFailed
 * </pre>
 */
final class Failures {
  /**
   * Longest cause of an expression's failure, which may hold all its input. Units: characters.
   * Source: AWS's API.
   */
  private static final int CAUSE_MAX = 32_768;

  private final Draft draft;
  private final Closing closing;
  private final Transitions transitions;

  Failures(Draft draft, Closing closing, Transitions transitions) {
    this.draft = draft;
    this.closing = closing;
    this.transitions = transitions;
  }

  /** The active state of a scope could not evaluate one of its fields. */
  void evaluationFailed(Scope scope, EvaluationException e) {
    evaluationFailed(scope, e, scope.activeState().causeOfEntryEventId());
  }

  /** As above, with another event to hang EvaluationFailed on. */
  void evaluationFailed(Scope scope, EvaluationException e, long causeEventId) {
    inspect(e.error(), e.cause());
    var active = scope.activeState();
    var cause =
        e.error().equals(ErrorNames.DATA_LIMIT_EXCEEDED)
            ? e.cause()
            : Utf8.cut(prefix(active.name(), active.enteredEventId()) + e.cause(), CAUSE_MAX);
    switch (e.error()) {
      case ErrorNames.QUERY_EVALUATION_ERROR -> {
        var details =
            new EventDetails.EvaluationFailed(active.name(), e.error(), cause, e.location());
        var eventId = draft.write(scope, EventType.EvaluationFailed, details, causeEventId);
        fail(scope, new StateFailure(e.error(), cause, eventId));
      }
      // These end the execution at once, however deep the state stands; nothing catches them.
      case ErrorNames.RUNTIME, ErrorNames.DATA_LIMIT_EXCEEDED ->
          closing.failExecution(new EventDetails.Failure(e.error(), cause), scope.lastEventId());
      default -> fail(scope, new StateFailure(e.error(), cause, scope.lastEventId()));
    }
  }

  /** The active state of a scope failed. Its attempt, branches and timers are over already. */
  void fail(Scope scope, StateFailure failure) {
    inspect(failure.error(), failure.cause());
    var state = draft.execution().state(scope);
    if (retry(scope, state, failure)) {
      return;
    }
    var eventId =
        switch (state) {
          case ParallelState parallel ->
              draft.write(
                  scope, EventType.ParallelStateFailed, EventDetails.NONE, failure.eventId());
          case MapState map ->
              draft.write(scope, EventType.MapStateFailed, EventDetails.NONE, failure.eventId());
          default -> failure.eventId();
        };
    if (!caught(scope, state, failure, eventId)) {
      propagate(scope, failure, eventId);
    }
  }

  /** AWS's beginning of the cause of a processing error. */
  static String prefix(String stateName, long enteredEventId) {
    return "An error occurred while executing the state '"
        + stateName
        + "' (entered at the event id #"
        + enteredEventId
        + "). ";
  }

  private boolean retry(Scope scope, State state, StateFailure failure) {
    var error = failure.error();
    var retriers = retriers(state);
    for (var i = 0; i < retriers.size(); i++) {
      var retrier = retriers.get(i);
      if (ErrorNames.matches(
          retrier.errorEquals(), error == null ? "" : error, failure.missedHeartbeat())) {
        var retries = scope.activeState().retriesBy(i);
        if (retries >= retrier.maxAttempts()) {
          inspectRetrier(i, -1);
          return false;
        }
        inspectRetrier(i, delaySeconds(retrier, retries));
        closing.closeBelow(scope);
        draft.write(new Progress.RetryDecided(scope.id(), i));
        if (scope.lastEventId() != failure.eventId()) {
          draft.write(new Progress.CauseMoved(scope.id(), failure.eventId()));
        }
        draft.setTimer(scope, Timer.Kind.RETRY, draft.nowMillis() + delayMillis(retrier, retries));
        return true;
      }
    }
    return false;
  }

  /** Delay before the retry that follows {@code retries} others. Source: States Language, Retry. */
  private long delayMillis(Retrier retrier, int retries) {
    var seconds = delaySeconds(retrier, retries);
    if (retrier.fullJitter()) {
      seconds *= draft.moment().nextDouble();
    }
    return Math.round(seconds * 1000);
  }

  private double delaySeconds(Retrier retrier, int retries) {
    var seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), retries);
    if (retrier.maxDelaySeconds().isPresent()) {
      seconds = Math.min(seconds, retrier.maxDelaySeconds().getAsInt());
    }
    return Math.min(seconds, (double) draft.limits().standardSecondsMax());
  }

  private void inspect(@Nullable String error, @Nullable String cause) {
    var inspector = draft.inspector();
    if (inspector != null) {
      inspector.failed(error, cause);
    }
  }

  private void inspectRetrier(int index, double delaySeconds) {
    var inspector = draft.inspector();
    if (inspector != null) {
      inspector.retrier(index, delaySeconds);
    }
  }

  private void inspectCatcher(int index) {
    var inspector = draft.inspector();
    if (inspector != null) {
      inspector.catcher(index);
    }
  }

  private boolean caught(Scope scope, State state, StateFailure failure, long causeEventId) {
    var catchers = catchers(state);
    var error = failure.error();
    for (var i = 0; i < catchers.size(); i++) {
      var catcher = catchers.get(i);
      if (ErrorNames.matches(
          catcher.errorEquals(), error == null ? "" : error, failure.missedHeartbeat())) {
        inspectCatcher(i);
        closing.closeBelow(scope);
        try {
          var handover =
              DataFlows.afterError(
                  draft,
                  scope,
                  catcher.dataFlow(),
                  DataFlows.errorOutput(error, failure.cause()),
                  "Catch[" + i + "]/");
          transitions.exit(scope, handover, catcher.next(), causeEventId);
        } catch (EvaluationException e) {
          catcherFailed(scope, e, causeEventId);
        }
        return true;
      }
    }
    return false;
  }

  /** A catcher that cannot be evaluated is not caught again: it fails what is around the state. */
  private void catcherFailed(Scope scope, EvaluationException e, long causeEventId) {
    var active = scope.activeState();
    var cause = prefix(active.name(), active.enteredEventId()) + e.cause();
    if (!e.error().equals(ErrorNames.QUERY_EVALUATION_ERROR)) {
      closing.failExecution(new EventDetails.Failure(e.error(), cause), causeEventId);
      return;
    }
    var details = new EventDetails.EvaluationFailed(active.name(), e.error(), cause, e.location());
    var eventId =
        draft.write(scope, EventType.EvaluationFailed, details, active.causeOfEntryEventId());
    propagate(scope, new StateFailure(e.error(), cause, eventId), eventId);
  }

  private void propagate(Scope scope, StateFailure failure, long causeEventId) {
    if (scope.isRoot()) {
      closing.failExecution(
          new EventDetails.Failure(failure.error(), failure.cause()), causeEventId);
      return;
    }
    var parent = draft.execution().scope(scope.parentId());
    var parentState = draft.execution().state(parent);
    if (parentState instanceof MapState map) {
      draft.write(
          scope,
          EventType.MapIterationFailed,
          new EventDetails.MapIteration(map.name(), scope.index()),
          failure.eventId());
    }
    closing.abortFailed(scope, failure.eventId());
    closing.abortChildren(parent, scope, failure.eventId());
    fail(parent, failure);
  }

  private static List<Retrier> retriers(State state) {
    return switch (state) {
      case TaskState task -> task.retriers();
      case ParallelState parallel -> parallel.retriers();
      case MapState map -> map.retriers();
      default -> List.of();
    };
  }

  private static List<Catcher> catchers(State state) {
    return switch (state) {
      case TaskState task -> task.catchers();
      case ParallelState parallel -> parallel.catchers();
      case MapState map -> map.catchers();
      default -> List.of();
    };
  }
}
