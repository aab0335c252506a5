package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What may stand as the value of a {@code .$} key: a path or an intrinsic function call. */
public sealed interface JsonPathExpression permits Path, IntrinsicCall {
  /** The text as written in the definition. */
  String text();

  /** Names of the variables it refers to, without the dollar sign. */
  Set<String> variables();

  /** Evaluates; a definite path that matches nothing is an error. */
  JsonNode evaluate(Bindings bindings) throws EvaluationException;

  /** Compiles a path ({@code $…}, {@code $$…}, {@code $variable…}) or {@code States.X(…)}. */
  static JsonPathExpression compile(String text) throws InvalidExpressionException {
    return text.startsWith("$") ? Path.compile(text) : IntrinsicCall.compile(text);
  }
}
