package io.stepwise.engine.behavior;

import io.stepwise.asl.model.StateType;
import io.stepwise.asl.model.Transition;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.execution.Scope;
import org.jspecify.annotations.Nullable;

/** Leaves a state: writes its Exited event and makes the scope ready for what follows. */
final class Transitions {
  private final Draft draft;

  Transitions(Draft draft) {
    this.draft = draft;
  }

  /** Leaves the active state; what follows is caused by its Exited event. */
  void exit(Scope scope, DataFlows.Handover handover, Transition transition) {
    exit(scope, handover, transition.next(), scope.lastEventId());
  }

  /** As above, with a cause of its own for the Exited event. */
  void exit(Scope scope, DataFlows.Handover handover, @Nullable String next, long causeEventId) {
    var active = scope.activeState();
    var type = exitedType(draft.execution().state(scope).type());
    draft.write(
        scope,
        type,
        new EventDetails.StateExited(active.name(), handover.output(), handover.assigned(), next),
        causeEventId);
    draft.ready(scope);
  }

  private static EventType exitedType(StateType type) {
    return switch (type) {
      case PASS -> EventType.PassStateExited;
      case TASK -> EventType.TaskStateExited;
      case CHOICE -> EventType.ChoiceStateExited;
      case WAIT -> EventType.WaitStateExited;
      case SUCCEED -> EventType.SucceedStateExited;
      case PARALLEL -> EventType.ParallelStateExited;
      case MAP -> EventType.MapStateExited;
      case FAIL -> throw new IllegalStateException("Expected no exit of a Fail state");
    };
  }

  /** The type of the event with which a state of that type is entered. */
  static EventType enteredType(StateType type) {
    return switch (type) {
      case PASS -> EventType.PassStateEntered;
      case TASK -> EventType.TaskStateEntered;
      case CHOICE -> EventType.ChoiceStateEntered;
      case WAIT -> EventType.WaitStateEntered;
      case SUCCEED -> EventType.SucceedStateEntered;
      case FAIL -> EventType.FailStateEntered;
      case PARALLEL -> EventType.ParallelStateEntered;
      case MAP -> EventType.MapStateEntered;
    };
  }
}
