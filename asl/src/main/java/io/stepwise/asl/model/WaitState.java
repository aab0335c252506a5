package io.stepwise.asl.model;

/**
 * A Wait state.
 *
 * @param duration from {@code Seconds}, {@code SecondsPath}, {@code Timestamp} or {@code
 *     TimestampPath}; {@link ValueSource#field()} tells which
 */
public record WaitState(String name, DataFlow dataFlow, ValueSource duration, Transition transition)
    implements State {
  @Override
  public StateType type() {
    return StateType.WAIT;
  }
}
