package io.stepwise.engine.behavior;

import io.stepwise.asl.model.ChoiceState;
import io.stepwise.asl.model.DataFlow;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;
import org.jspecify.annotations.Nullable;

/** Takes the first rule whose condition holds, else the Default. */
final class ChoiceBehavior implements StateBehavior<ChoiceState> {
  private final Draft draft;
  private final Transitions transitions;

  ChoiceBehavior(Draft draft, Transitions transitions) {
    this.draft = draft;
    this.transitions = transitions;
  }

  @Override
  public void begin(Scope scope, ChoiceState state) throws EvaluationException {
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var rules = state.rules();
    for (var i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (rule.condition().holds(bindings)) {
        var flow = combine(state.dataFlow(), rule.dataFlow());
        exit(scope, DataFlows.afterInput(draft, scope, flow, "Choices[" + i + "]/"), rule.next());
        return;
      }
    }
    if (state.defaultNext() == null) {
      throw new EvaluationException(
          ErrorNames.RUNTIME,
          "Failed to transition out of the state. The state does not point to a next state.");
    }
    exit(scope, DataFlows.afterInput(draft, scope, state.dataFlow(), ""), state.defaultNext());
  }

  private void exit(Scope scope, DataFlows.Handover handover, @Nullable String next) {
    transitions.exit(scope, handover, next, scope.lastEventId());
  }

  /** The state's paths with the rule's own Assign and Output. */
  private static DataFlow combine(DataFlow state, DataFlow rule) {
    if (state instanceof DataFlow.JsonPath paths && rule instanceof DataFlow.JsonPath own) {
      return new DataFlow.JsonPath(
          paths.inputPath(), null, null, paths.resultPath(), paths.outputPath(), own.assign());
    }
    return rule;
  }
}
