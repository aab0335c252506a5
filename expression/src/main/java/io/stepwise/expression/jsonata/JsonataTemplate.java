package io.stepwise.expression.jsonata;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import tools.jackson.databind.JsonNode;

/**
 * A compiled JSON value in which strings of the form <code>{% … %}</code> are JSONata expressions,
 * at any depth; a single such string is the simplest template.
 */
public final class JsonataTemplate {
  private final JsonNode template;

  private JsonataTemplate(JsonNode template) {
    this.template = template;
  }

  /** Compiles a template. Errors: {@link InvalidExpressionException} for the first bad one. */
  public static JsonataTemplate compile(JsonNode template) throws InvalidExpressionException {
    return new JsonataTemplate(template);
  }

  /** The template as written. */
  public JsonNode template() {
    return template;
  }

  /** Whether it is one expression (not a literal, not a structure). */
  public boolean isExpression() {
    throw new UnsupportedOperationException();
  }

  /** Text of the expression, trimmed, without marks; only where {@link #isExpression()}. */
  public String expressionText() {
    throw new UnsupportedOperationException();
  }

  /**
   * The JSON with every expression replaced by its value.
   *
   * @param location slash path of the field inside its state, e.g. {@code Output} or {@code
   *     Choices[0]/Condition}; the place inside the template is appended for nested expressions
   */
  public JsonNode evaluate(Bindings bindings, String location) throws EvaluationException {
    throw new UnsupportedOperationException();
  }
}
