package io.stepwise.asl.model;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Choice state.
 *
 * @param dataFlow its state-level {@code Assign} and {@code Output} hold on the {@code Default} way
 *     only
 * @param rules in order; the first that holds is taken
 * @param defaultNext name of the {@code Default} state, or null
 */
public record ChoiceState(
    String name, DataFlow dataFlow, List<Rule> rules, @Nullable String defaultNext)
    implements State {

  public ChoiceState {
    rules = List.copyOf(rules);
  }

  @Override
  public StateType type() {
    return StateType.CHOICE;
  }

  /**
   * One entry of {@code Choices}.
   *
   * @param condition when it holds
   * @param next where it leads
   * @param dataFlow its {@code Assign} and {@code Output}; the other components are defaults
   */
  public record Rule(Condition condition, String next, DataFlow dataFlow) {}

  /** A compiled condition: a data test, And, Or, Not, or JSONata. */
  public interface Condition {
    /**
     * Whether it holds for the effective input.
     *
     * <p>Errors: {@code States.Runtime} for a variable that is missing, {@code
     * States.QueryEvaluationError} for JSONata; the message is the tail of AWS's cause.
     */
    boolean holds(Bindings bindings) throws EvaluationException;
  }
}
