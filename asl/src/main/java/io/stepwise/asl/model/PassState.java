package io.stepwise.asl.model;

import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A Pass state.
 *
 * @param result the literal {@code Result}, or null
 */
public record PassState(
    String name, DataFlow dataFlow, @Nullable Payload result, Transition transition)
    implements State {
  @Override
  public StateType type() {
    return StateType.PASS;
  }
}
