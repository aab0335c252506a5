package io.stepwise.engine.behavior;

import io.stepwise.asl.model.State;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.EvaluationException;

/** What a type of state does once its Entered event is written, and again at each retry. */
interface StateBehavior<S extends State> {

  /**
   * Does the state's work: exits it, fails it, or leaves it waiting for a command.
   *
   * <p>Errors: {@link EvaluationException} where a field can't be evaluated; the walk makes a
   * failure of it.
   */
  void begin(Scope scope, S state) throws EvaluationException;
}
