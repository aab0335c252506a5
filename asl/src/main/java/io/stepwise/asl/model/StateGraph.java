package io.stepwise.asl.model;

import java.util.Map;
import java.util.Objects;

/**
 * One {@code States} object with its {@code StartAt}: the machine, a Parallel branch, or the item
 * processor of a Map.
 *
 * @param index position in {@link StateMachineDefinition#graphs()}
 * @param startAt name of the first state
 * @param states the states by name, in the order of the document
 */
public record StateGraph(int index, String startAt, Map<String, State> states) {

  public StateGraph {
    Objects.requireNonNull(startAt);
    Objects.requireNonNull(states);
  }

  /** The first state. */
  public State first() {
    return state(startAt);
  }

  /** The state of that name, which must exist. */
  public State state(String name) {
    var state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException("Expected a state named " + name);
    }
    return state;
  }
}
