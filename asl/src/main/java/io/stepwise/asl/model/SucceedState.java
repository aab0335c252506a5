package io.stepwise.asl.model;

/** A Succeed state. */
public record SucceedState(String name, DataFlow dataFlow) implements State {
  @Override
  public StateType type() {
    return StateType.SUCCEED;
  }
}
