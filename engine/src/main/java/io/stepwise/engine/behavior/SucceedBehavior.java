package io.stepwise.engine.behavior;

import io.stepwise.asl.model.SucceedState;
import io.stepwise.asl.model.Transition;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;

/** Ends its scope with success. */
final class SucceedBehavior implements StateBehavior<SucceedState> {
  private final Draft draft;
  private final Transitions transitions;

  SucceedBehavior(Draft draft, Transitions transitions) {
    this.draft = draft;
    this.transitions = transitions;
  }

  @Override
  public void begin(Scope scope, SucceedState state) throws EvaluationException {
    var handover = DataFlows.afterInput(draft, scope, state.dataFlow(), "");
    transitions.exit(scope, handover, Transition.END);
  }
}
