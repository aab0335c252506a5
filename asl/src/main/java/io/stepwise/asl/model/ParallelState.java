package io.stepwise.asl.model;

import java.util.List;

/** A Parallel state. */
public record ParallelState(
    String name,
    DataFlow dataFlow,
    List<StateGraph> branches,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {

  public ParallelState {
    branches = List.copyOf(branches);
  }

  @Override
  public StateType type() {
    return StateType.PARALLEL;
  }
}
