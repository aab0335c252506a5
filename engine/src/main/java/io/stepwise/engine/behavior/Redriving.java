package io.stepwise.engine.behavior;

import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Scope;

/**
 * Makes an execution that did not end well ready to go on from where it stood; the walk does the
 * rest.
 *
 * <pre>
 * scope between two states     ─▶ enters the next
 * Task, Wait, Choice, Fail …   ─▶ begins once more, without a new Entered event, retries from nothing
 * Parallel, inline Map         ─▶ what did not end well below it goes on; the rest keeps its results
 * Distributed Map              ─▶ MapRunRedriven: children that did not end well are redriven
 * </pre>
 *
 * Source: AWS, "Restarting state machine executions with redrive".
 */
final class Redriving {
  private final Draft draft;
  private final Closing closing;

  Redriving(Draft draft, Closing closing) {
    this.draft = draft;
    this.closing = closing;
  }

  /** Writes ExecutionRedriven, and makes ready what can go on. */
  void begin() {
    var execution = draft.execution();
    var root = execution.scope(Scope.ROOT);
    // After too much data, states with branches or items run them all once more.
    if (ErrorNames.DATA_LIMIT_EXCEEDED.equals(execution.error())) {
      closing.closeBelow(root);
    }
    var eventId =
        draft.write(
            root,
            EventType.ExecutionRedriven,
            new EventDetails.Redriven(execution.redriveCount() + 1),
            execution.lastEventId());
    goOn(root, eventId);
  }

  private void goOn(Scope scope, long causeEventId) {
    if (scope.lastEventId() != causeEventId) {
      draft.write(new Progress.CauseMoved(scope.id(), causeEventId));
    }
    var active = scope.active();
    if (active != null && active.retryCount() > 0) {
      draft.write(new Progress.RetriesReset(scope.id()));
    }
    for (var child : draft.execution().children(scope)) {
      goOn(child, causeEventId);
    }
    draft.ready(scope);
  }
}
