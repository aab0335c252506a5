package io.stepwise.engine.behavior;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.PassState;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;

/** Passes its input on, or injects data. */
final class PassBehavior implements StateBehavior<PassState> {
  private final Draft draft;
  private final Transitions transitions;

  PassBehavior(Draft draft, Transitions transitions) {
    this.draft = draft;
    this.transitions = transitions;
  }

  @Override
  public void begin(Scope scope, PassState state) throws EvaluationException {
    var flow = state.dataFlow();
    var handover =
        switch (flow) {
          case DataFlow.JsonPath jsonPath -> {
            if (state.result() != null) {
              draft.reached(Inspector.Stage.RESULT, state.result());
            }
            var result =
                state.result() != null
                    ? state.result()
                    : DataFlows.arguments(draft, scope, flow, null);
            yield DataFlows.afterResult(draft, scope, flow, result);
          }
          case DataFlow.Jsonata jsonata -> DataFlows.afterInput(draft, scope, flow, "");
        };
    transitions.exit(scope, handover, state.transition());
  }
}
