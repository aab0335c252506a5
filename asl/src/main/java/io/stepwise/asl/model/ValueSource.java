package io.stepwise.asl.model;

import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.JsonPathExpression;
import tools.jackson.databind.JsonNode;

/**
 * Where the value of a field comes from when the definition may give it in more than one way, such
 * as {@code TimeoutSeconds} and {@code TimeoutSecondsPath}.
 */
public sealed interface ValueSource {

  /** The field as the definition spells it, e.g. {@code TimeoutSecondsPath}. */
  String field();

  /** A literal. */
  record Literal(String field, JsonNode value) implements ValueSource {}

  /** A path, or for {@code ErrorPath} and {@code CausePath} also an intrinsic call. */
  record FromPath(String field, JsonPathExpression expression) implements ValueSource {}

  /** A JSONata expression. */
  record FromJsonata(String field, JsonataTemplate expression) implements ValueSource {}
}
