package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import tools.jackson.databind.JsonNode;

/** A compiled payload template: JSON whose keys ending in {@code .$} are evaluated. */
public final class PayloadTemplate {
  private final JsonNode template;

  private PayloadTemplate(JsonNode template) {
    this.template = template;
  }

  /** Compiles a template. Errors: {@link InvalidExpressionException} for the first bad value. */
  public static PayloadTemplate compile(JsonNode template) throws InvalidExpressionException {
    return new PayloadTemplate(template);
  }

  /** The template as written. */
  public JsonNode template() {
    return template;
  }

  /** The JSON with every {@code .$} key replaced by its value; shares constant parts. */
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    throw new UnsupportedOperationException();
  }
}
