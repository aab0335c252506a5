package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import tools.jackson.databind.JsonNode;

/** A compiled call of an intrinsic function, e.g. {@code States.Format('{}', $.name)}. */
public final class IntrinsicCall implements JsonPathExpression {
  private final String text;

  private IntrinsicCall(String text) {
    this.text = text;
  }

  /** Compiles a call. Errors: {@link InvalidExpressionException} when it is none. */
  public static IntrinsicCall compile(String text) throws InvalidExpressionException {
    return new IntrinsicCall(text);
  }

  @Override
  public String text() {
    return text;
  }

  /** Name of the outermost function, e.g. {@code States.Format}. */
  public String functionName() {
    throw new UnsupportedOperationException();
  }

  @Override
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    throw new UnsupportedOperationException();
  }
}
