package io.stepwise.asl.model;

import org.jspecify.annotations.Nullable;

/**
 * A Fail state.
 *
 * @param error from {@code Error} or {@code ErrorPath}, or null
 * @param cause from {@code Cause} or {@code CausePath}, or null
 */
public record FailState(
    String name, DataFlow dataFlow, @Nullable ValueSource error, @Nullable ValueSource cause)
    implements State {
  @Override
  public StateType type() {
    return StateType.FAIL;
  }
}
