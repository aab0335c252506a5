package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A compiled path: {@code $…} on the input, {@code $$…} on the Context object, or a variable. */
public final class Path implements JsonPathExpression {
  private final String text;

  private Path(String text) {
    this.text = text;
  }

  /** Compiles a path. Errors: {@link InvalidExpressionException} when it is none. */
  public static Path compile(String text) throws InvalidExpressionException {
    return new Path(text);
  }

  @Override
  public String text() {
    return text;
  }

  /** Whether the path is exactly {@code $}, so that evaluating it returns the input itself. */
  public boolean isIdentity() {
    return text.equals("$");
  }

  /** Whether this is a Reference Path: addresses one node by names and indexes only. */
  public boolean isReference() {
    throw new UnsupportedOperationException();
  }

  /** The value, or null where a definite path matches nothing. */
  public @Nullable JsonNode find(Bindings bindings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts {@code value} at this Reference Path into {@code root}: the way {@code ResultPath} does.
   * Copies along the path; {@code root} stays as it is. Creates missing objects.
   *
   * <p>Errors: {@code States.ResultPathMatchFailure} where the path can't be applied.
   */
  public JsonNode put(JsonNode root, JsonNode value) throws EvaluationException {
    throw new UnsupportedOperationException();
  }
}
