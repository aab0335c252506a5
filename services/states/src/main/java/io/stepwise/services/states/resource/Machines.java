package io.stepwise.services.states.resource;

import io.stepwise.catalog.StateMachine;
import io.stepwise.protocol.CommonError.ValidationException;

/** What several operations ask about the ARN of a state machine. */
public final class Machines {
  private Machines() {}

  /** Refuses ARNs that are none, of another kind, or of the processor of a Map state. */
  public static void unlabelled(String text) {
    if (Arns.stateMachine(text).label() != null) {
      throw new ValidationException(
              "API does not support labeled ARNs: " + text, "API_DOES_NOT_SUPPORT_LABELED_ARNS")
          .toException();
    }
  }

  /** The state machine of that ARN. Errors: StateMachineDoesNotExist, StateMachineDeleting. */
  public static StateMachine live(Backend backend, String arn) {
    var machine = backend.catalog().machine(arn);
    if (machine == null) {
      throw new StatesError.StateMachineDoesNotExist(arn).toException();
    }
    if (machine.deleting()) {
      throw new StatesError.StateMachineDeleting(arn).toException();
    }
    return machine;
  }

  /** Refuses ARNs of what cannot have tags. */
  public static void taggable(String text) {
    Arns.taggable(text);
  }
}
