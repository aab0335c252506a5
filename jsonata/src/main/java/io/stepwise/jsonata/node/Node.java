package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An operation, compiled. Immutable once linked; any number of threads may evaluate it. */
public abstract class Node {
  /** Its value (null: undefined) with this context value and these variables. */
  public abstract @Nullable JsonNode evaluate(
      Evaluation evaluation, @Nullable JsonNode input, Frame frame);

  /** Whether its value is the same wherever it is evaluated: it names nothing and calls nothing. */
  boolean isFixed() {
    return false;
  }
}
