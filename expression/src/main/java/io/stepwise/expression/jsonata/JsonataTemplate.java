package io.stepwise.expression.jsonata;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A compiled JSON value in which strings of the form <code>{% … %}</code> are JSONata expressions,
 * at any depth; a single such string is the simplest template.
 *
 * <p>Parts without expressions are handed out as they are, not copied. Safe to share by threads.
 */
public final class JsonataTemplate {
  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  private final JsonNode template;
  private final Part part;
  private final Set<String> variables;
  private final Set<String> statesFields;

  private JsonataTemplate(JsonNode template, Part part, Compiler compiler) {
    this.template = template;
    this.part = part;
    this.variables = Set.copyOf(compiler.variables);
    this.statesFields = Set.copyOf(compiler.statesFields);
  }

  /** A piece of the compiled template. */
  private sealed interface Part {
    record Constant(JsonNode value) implements Part {}

    record Computed(JsonataExpression expression) implements Part {}

    record Members(List<Member> members) implements Part {}

    record Elements(List<Part> elements) implements Part {}
  }

  private record Member(String key, Part value) {}

  /** Compiles a template. Errors: {@link InvalidExpressionException} for the first bad one. */
  public static JsonataTemplate compile(JsonNode template) throws InvalidExpressionException {
    var compiler = new Compiler(true, true);
    var part = compiler.compile(template, "");
    if (!compiler.problems.isEmpty()) {
      var first = compiler.problems.getFirst();
      throw new InvalidExpressionException(first.code(), first.message());
    }
    return new JsonataTemplate(template, part, compiler);
  }

  /**
   * Everything that is wrong with a template, in document order; empty if nothing is.
   *
   * @param basePath where the template stands, e.g. {@code /States/A/Output}
   * @param resultAllowed whether {@code $states.result} exists there
   * @param errorOutputAllowed whether {@code $states.errorOutput} exists there
   */
  public static List<Problem> problems(
      JsonNode template, String basePath, boolean resultAllowed, boolean errorOutputAllowed) {
    var compiler = new Compiler(resultAllowed, errorOutputAllowed);
    compiler.compile(template, basePath);
    return List.copyOf(compiler.problems);
  }

  /** The template as written. */
  public JsonNode template() {
    return template;
  }

  /** Whether it is one expression (not a literal, not a structure). */
  public boolean isExpression() {
    return part instanceof Part.Computed;
  }

  /** Whether nothing in it is evaluated. */
  public boolean isConstant() {
    return part instanceof Part.Constant;
  }

  /** Text of the expression, trimmed, without marks; only where {@link #isExpression()}. */
  public String expressionText() {
    if (part instanceof Part.Computed computed) {
      return computed.expression().text();
    }
    throw new IllegalStateException("not an expression: " + template);
  }

  /** Names of the variables it refers to, without the dollar sign. */
  public Set<String> variables() {
    return variables;
  }

  /** Whether it looks at {@code $states.result}. */
  public boolean usesResult() {
    return statesFields.contains("result");
  }

  /** Whether it looks at {@code $states.errorOutput}. */
  public boolean usesErrorOutput() {
    return statesFields.contains("errorOutput");
  }

  /**
   * The JSON with every expression replaced by its value.
   *
   * @param location slash path of the field inside its state, e.g. {@code Output} or {@code
   *     Choices[0]/Condition}; the place inside the template is appended for nested expressions
   */
  public JsonNode evaluate(Bindings bindings, String location) throws EvaluationException {
    return evaluate(part, bindings, location);
  }

  private static JsonNode evaluate(Part part, Bindings bindings, String location)
      throws EvaluationException {
    return switch (part) {
      case Part.Constant constant -> constant.value();
      case Part.Computed computed -> computed.expression().evaluate(bindings, location);
      case Part.Members members -> {
        var object = Json.nodes().objectNode();
        for (var member : members.members()) {
          var value =
              member.value() instanceof Part.Constant constant
                  ? constant.value()
                  : evaluate(member.value(), bindings, location + "/" + member.key());
          object.set(member.key(), value);
        }
        yield object;
      }
      case Part.Elements elements -> {
        var array = Json.nodes().arrayNode(elements.elements().size());
        for (var i = 0; i < elements.elements().size(); i++) {
          array.add(evaluate(elements.elements().get(i), bindings, location + "[" + i + "]"));
        }
        yield array;
      }
    };
  }

  /** Compiles and collects what is wrong on the way. */
  private static final class Compiler {
    private final boolean resultAllowed;
    private final boolean errorOutputAllowed;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> statesFields = new TreeSet<>();

    Compiler(boolean resultAllowed, boolean errorOutputAllowed) {
      this.resultAllowed = resultAllowed;
      this.errorOutputAllowed = errorOutputAllowed;
    }

    Part compile(JsonNode node, String path) {
      if (node.isString()) {
        return compileString(node, path);
      }
      if (node.isObject()) {
        var members = new ArrayList<Member>(node.size());
        for (var entry : node.properties()) {
          var value = compile(entry.getValue(), path + "/" + entry.getKey());
          members.add(new Member(entry.getKey(), value));
        }
        return members.stream().allMatch(m -> m.value() instanceof Part.Constant)
            ? new Part.Constant(node)
            : new Part.Members(members);
      }
      if (node.isArray()) {
        var elements = new ArrayList<Part>(node.size());
        for (var i = 0; i < node.size(); i++) {
          elements.add(compile(node.get(i), path + "[" + i + "]"));
        }
        return elements.stream().allMatch(e -> e instanceof Part.Constant)
            ? new Part.Constant(node)
            : new Part.Elements(elements);
      }
      return new Part.Constant(node);
    }

    private Part compileString(JsonNode node, String path) {
      var text = node.stringValue();
      var opens = text.startsWith(OPEN);
      var closes = text.endsWith(CLOSE);
      if (!opens && !closes) {
        return new Part.Constant(node);
      }
      if (!opens || !closes || text.length() < OPEN.length() + CLOSE.length()) {
        problems.add(
            new Problem(
                path,
                JsonataExpression.INVALID_CODE,
                "A JSONata expression must begin with '{%' and end with '%}'"));
        return new Part.Constant(node);
      }
      var inner = text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
      var expression = JsonataExpression.compile(inner, path, problems);
      if (expression == null) {
        return new Part.Constant(node);
      }
      var facts = expression.facts();
      requireAllowed("result", resultAllowed, facts, path);
      requireAllowed("errorOutput", errorOutputAllowed, facts, path);
      variables.addAll(facts.variables());
      statesFields.addAll(facts.statesFields());
      return new Part.Computed(expression);
    }

    private void requireAllowed(String field, boolean allowed, ExpressionFacts facts, String path) {
      if (!allowed && facts.statesFields().contains(field)) {
        problems.add(
            new Problem(
                path,
                JsonataExpression.UNSUPPORTED_CODE,
                "Reference to '$states.%s' is not supported in this field.".formatted(field)));
      }
    }
  }
}
