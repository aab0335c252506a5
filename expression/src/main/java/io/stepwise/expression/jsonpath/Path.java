package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A compiled path: {@code $…} on the input, {@code $$…} on the Context object, or a variable.
 *
 * <p>A definite path addresses at most one value. Any other yields an array of what it matches,
 * empty if that is nothing.
 */
public final class Path implements JsonPathExpression {
  static final String INVALID_CODE = "SCHEMA_VALIDATION_FAILED";

  private static final int LENGTH_MAX = 100_000;

  private final String text;
  private final Root root;
  private final String variable;
  private final Steps steps;

  private Path(String text, Root root, String variable, Steps steps) {
    this.text = text;
    this.root = root;
    this.variable = variable;
    this.steps = steps;
  }

  /** What the steps of a path start from. */
  private enum Root {
    INPUT,
    CONTEXT,
    VARIABLE
  }

  /** Compiles a path. Errors: {@link InvalidExpressionException} when it is none. */
  public static Path compile(String text) throws InvalidExpressionException {
    if (!text.startsWith("$") || text.length() > LENGTH_MAX) {
      throw new InvalidExpressionException(INVALID_CODE, "Value is not a valid JSONPath: " + text);
    }
    if (text.startsWith("$$")) {
      return new Path(text, Root.CONTEXT, "", new PathParser(text, 2, 0).readAll());
    }
    var end = 1;
    while (end < text.length() && isNamePart(text.codePointAt(end), end == 1)) {
      end += Character.charCount(text.codePointAt(end));
    }
    var steps = new PathParser(text, end, 0).readAll();
    return end == 1
        ? new Path(text, Root.INPUT, "", steps)
        : new Path(text, Root.VARIABLE, text.substring(1, end), steps);
  }

  private static boolean isNamePart(int codePoint, boolean first) {
    return first
        ? Character.isUnicodeIdentifierStart(codePoint)
        : Character.isUnicodeIdentifierPart(codePoint)
            && !Character.isIdentifierIgnorable(codePoint);
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
    return steps.isReference();
  }

  /** Whether the path addresses at most one value, so that it can be missing. */
  public boolean isDefinite() {
    return steps.isDefinite();
  }

  /** Whether the path looks at the Context object, {@code $$…}. */
  public boolean isContext() {
    return root == Root.CONTEXT;
  }

  /** Name of the variable the path starts from, or null. */
  public @Nullable String variable() {
    return root == Root.VARIABLE ? variable : null;
  }

  @Override
  public Set<String> variables() {
    return root == Root.VARIABLE ? Set.of(variable) : Set.of();
  }

  /**
   * The value, or null where a definite path matches nothing. An evaluation that takes too much
   * work or names an unknown variable matches nothing as well; {@link #evaluate} tells why.
   */
  public @Nullable JsonNode find(Bindings bindings) {
    var start = start(bindings);
    try {
      return start == null ? null : steps.find(start, bindings.moment().pace());
    } catch (Budget.ExhaustedException | StackOverflowError _) {
      return null;
    }
  }

  @Override
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    var start = start(bindings);
    if (start == null) {
      throw invalid("The variable '" + variable + "' is not defined.");
    }
    requireInput(bindings);
    try {
      var value = steps.find(start, bindings.moment().pace());
      if (value != null) {
        return value;
      }
    } catch (Budget.ExhaustedException | StackOverflowError e) {
      throw invalid("The path takes too much work to evaluate.");
    }
    throw invalid(steps.missing(start));
  }

  /** Fails if the path starts from an input that is null, which AWS applies no path to. */
  public void requireInput(Bindings bindings) throws EvaluationException {
    if (root == Root.INPUT && bindings.input().isNull()) {
      throw new EvaluationException(
          "States.Runtime", "Unable to apply Path transformation to null or empty input.");
    }
  }

  /** The root the steps start from; null for an unknown variable. */
  @Nullable JsonNode start(Bindings bindings) {
    return switch (root) {
      case INPUT -> bindings.input();
      case CONTEXT -> bindings.context();
      case VARIABLE -> bindings.variable(variable);
    };
  }

  /** Whether the path leads to an index beyond an array's end, which a template takes for null. */
  boolean endsBeyondArray(JsonNode start) {
    return steps.endsBeyondArray(start);
  }

  private EvaluationException invalid(String reason) {
    return new EvaluationException("States.Runtime", "Invalid path '" + text + "' : " + reason);
  }

  /**
   * Puts {@code value} at this Reference Path into {@code root}: the way {@code ResultPath} does.
   * Copies along the path; {@code root} stays as it is. Creates missing objects.
   *
   * <p>Errors: {@code States.ResultPathMatchFailure} where the path can't be applied.
   */
  public JsonNode put(JsonNode root, JsonNode value) throws EvaluationException {
    return put(root, root, 0, value);
  }

  private JsonNode put(JsonNode root, @Nullable JsonNode node, int position, JsonNode value)
      throws EvaluationException {
    if (position == steps.count()) {
      return value;
    }
    var step = steps.get(position);
    if (step instanceof Step.Name name && (node == null || node.isObject())) {
      var copy = Json.nodes().objectNode();
      if (node instanceof ObjectNode object) {
        copy.setAll(object);
      }
      copy.set(name.name(), put(root, copy.get(name.name()), position + 1, value));
      return copy;
    }
    if (step instanceof Step.Index index
        && node instanceof ArrayNode array
        && index.index() >= 0
        && index.index() < array.size()) {
      var copy = Json.nodes().arrayNode(array.size()).addAll(array);
      copy.set(index.index(), put(root, array.get(index.index()), position + 1, value));
      return copy;
    }
    throw new EvaluationException(
        "States.ResultPathMatchFailure",
        "Unable to apply ReferencePath %s to input %s".formatted(text, Json.print(root)));
  }

  /** The path as written. */
  @Override
  public String toString() {
    return text;
  }
}
