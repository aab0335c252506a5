package io.stepwise.asl.validation;

import tools.jackson.databind.JsonNode;

/** What a value has to look like. */
@FunctionalInterface
public interface Shape {
  /** Reports whatever is wrong with {@code value}, which stands at {@code place}. */
  void check(JsonNode value, Place place);
}
