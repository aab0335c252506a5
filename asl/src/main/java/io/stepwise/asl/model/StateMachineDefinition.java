package io.stepwise.asl.model;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A compiled state machine definition.
 *
 * @param text the definition as the client sent it, byte for byte
 * @param comment the top-level {@code Comment}
 * @param queryLanguage the language of states that name none
 * @param timeoutSeconds bound on a whole execution. Units: seconds
 * @param graphs every {@code States} object of the document: the machine's own first, then those of
 *     branches and item processors in the order of the document; {@link StateGraph#index()} is the
 *     position here
 */
public record StateMachineDefinition(
    String text,
    @Nullable String comment,
    QueryLanguage queryLanguage,
    OptionalInt timeoutSeconds,
    List<StateGraph> graphs) {

  public StateMachineDefinition {
    Objects.requireNonNull(text);
    Objects.requireNonNull(queryLanguage);
    graphs = List.copyOf(graphs);
    if (graphs.isEmpty()) {
      throw new IllegalArgumentException("Expected at least the graph of the machine");
    }
  }

  /** The machine's own states. */
  public StateGraph root() {
    return graphs.getFirst();
  }
}
