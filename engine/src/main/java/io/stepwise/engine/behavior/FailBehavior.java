package io.stepwise.engine.behavior;

import io.stepwise.asl.model.FailState;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;

/** Ends its scope with an error; it has no Exited event. */
final class FailBehavior implements StateBehavior<FailState> {
  private final Draft draft;
  private final Failures failures;

  FailBehavior(Draft draft, Failures failures) {
    this.draft = draft;
    this.failures = failures;
  }

  @Override
  public void begin(Scope scope, FailState state) throws EvaluationException {
    var bindings = new StateBindings(draft, scope, scope.activeState().input());
    var error = Values.text(state.error(), bindings);
    var cause = Values.text(state.cause(), bindings);
    failures.fail(scope, new StateFailure(error, cause, scope.lastEventId()));
  }
}
