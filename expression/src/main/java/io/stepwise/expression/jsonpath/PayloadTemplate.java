package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A compiled payload template: JSON whose keys ending in {@code .$} are evaluated.
 *
 * <p>Parts without such keys are handed out as they are, not copied: whoever reads the value must
 * not change it.
 */
public final class PayloadTemplate {
  private static final String SUFFIX = ".$";

  private final JsonNode template;
  private final Part part;
  private final Set<String> variables;

  private PayloadTemplate(JsonNode template, Part part, Set<String> variables) {
    this.template = template;
    this.part = part;
    this.variables = Set.copyOf(variables);
  }

  /** A piece of the compiled template. */
  private sealed interface Part {
    record Constant(JsonNode value) implements Part {}

    record Computed(String field, JsonPathExpression expression) implements Part {}

    record Members(List<Member> members) implements Part {}

    record Elements(List<Part> elements) implements Part {}
  }

  private record Member(String key, Part value) {}

  /** Compiles a template. Errors: {@link InvalidExpressionException} for the first bad value. */
  public static PayloadTemplate compile(JsonNode template) throws InvalidExpressionException {
    var compiler = new Compiler();
    var part = compiler.compile(template, "");
    if (!compiler.problems.isEmpty()) {
      var first = compiler.problems.getFirst();
      throw new InvalidExpressionException(first.code(), first.message());
    }
    return new PayloadTemplate(template, part, compiler.variables);
  }

  /**
   * Everything that is wrong with a template, in document order; empty if nothing is.
   *
   * @param basePath where the template stands; a problem's path leads on to the object that holds
   *     the bad field, as AWS reports it
   */
  public static List<Problem> problems(JsonNode template, String basePath) {
    var compiler = new Compiler();
    compiler.compile(template, basePath);
    return List.copyOf(compiler.problems);
  }

  /** The template as written. */
  public JsonNode template() {
    return template;
  }

  /** Names of the variables it refers to, without the dollar sign. */
  public Set<String> variables() {
    return variables;
  }

  /** Whether nothing in it is evaluated. */
  public boolean isConstant() {
    return part instanceof Part.Constant;
  }

  /** The JSON with every {@code .$} key replaced by its value; shares constant parts. */
  public JsonNode evaluate(Bindings bindings) throws EvaluationException {
    return evaluate(part, bindings);
  }

  private static JsonNode evaluate(Part part, Bindings bindings) throws EvaluationException {
    return switch (part) {
      case Part.Constant constant -> constant.value();
      case Part.Computed computed ->
          evaluateField(computed.expression(), computed.field(), bindings);
      case Part.Members members -> {
        var object = Json.nodes().objectNode();
        for (var member : members.members()) {
          object.set(member.key(), evaluate(member.value(), bindings));
        }
        yield object;
      }
      case Part.Elements elements -> {
        var array = Json.nodes().arrayNode(elements.elements().size());
        for (var element : elements.elements()) {
          array.add(evaluate(element, bindings));
        }
        yield array;
      }
    };
  }

  /**
   * The value of an expression as that of a field, e.g. {@code value.$} or {@code CausePath}.
   *
   * <p>Errors: {@code States.Runtime} naming the field where a definite path matches nothing; an
   * index beyond the end of an array yields null instead.
   */
  public static JsonNode evaluateField(
      JsonPathExpression expression, String field, Bindings bindings) throws EvaluationException {
    return switch (expression) {
      case Path path -> evaluatePath(path, field, bindings);
      case IntrinsicCall call -> call.evaluate(bindings, field);
    };
  }

  private static JsonNode evaluatePath(Path path, String field, Bindings bindings)
      throws EvaluationException {
    path.requireInput(bindings);
    var value = path.find(bindings);
    if (value != null) {
      return value;
    }
    var start = path.start(bindings);
    if (start == null || !path.isDefinite()) {
      return path.evaluate(bindings); // fails and says why
    }
    if (path.endsBeyondArray(start)) {
      return Json.nodes().nullNode();
    }
    throw new EvaluationException(
        "States.Runtime",
        "The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'"
            .formatted(
                path.text(),
                field,
                Json.print(path.isContext() ? bindings.context() : bindings.input())));
  }

  /** Compiles and collects what is wrong on the way. */
  private static final class Compiler {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> variables = new TreeSet<>();

    Part compile(JsonNode node, String path) {
      if (node.isObject()) {
        return compileObject(node, path);
      }
      if (node.isArray()) {
        var elements = new ArrayList<Part>(node.size());
        for (var i = 0; i < node.size(); i++) {
          elements.add(compile(node.get(i), path + "[" + i + "]"));
        }
        var constant = elements.stream().allMatch(e -> e instanceof Part.Constant);
        return constant ? new Part.Constant(node) : new Part.Elements(elements);
      }
      return new Part.Constant(node);
    }

    private Part compileObject(JsonNode node, String path) {
      var members = new ArrayList<Member>(node.size());
      var keys = new HashSet<String>();
      var constant = true;
      for (var entry : node.properties()) {
        var field = entry.getKey();
        var key = field;
        Part value;
        if (field.endsWith(SUFFIX)) {
          key = field.substring(0, field.length() - SUFFIX.length());
          var expression = compileField(field, entry.getValue(), path);
          value =
              expression == null
                  ? new Part.Constant(entry.getValue())
                  : new Part.Computed(field, expression);
          constant = false;
        } else {
          value = compile(entry.getValue(), path + "/" + field);
          constant &= value instanceof Part.Constant;
        }
        if (!keys.add(key)) {
          problems.add(
              new Problem(
                  path,
                  Path.INVALID_CODE,
                  "The field '%s' is specified more than once, as '%s' and as '%s'"
                      .formatted(key, key, key + SUFFIX)));
        }
        members.add(new Member(key, value));
      }
      return constant ? new Part.Constant(node) : new Part.Members(members);
    }

    private @Nullable JsonPathExpression compileField(String field, JsonNode value, String path) {
      try {
        if (value.isString()) {
          var expression = JsonPathExpression.compile(value.stringValue());
          variables.addAll(expression.variables());
          return expression;
        }
      } catch (InvalidExpressionException _) {
        // reported below in the words AWS uses for every bad value
      }
      problems.add(
          new Problem(
              path,
              Path.INVALID_CODE,
              ("The value for the field '%s' must be a valid JSONPath or a valid intrinsic function"
                      + " call")
                  .formatted(field)));
      return null;
    }
  }
}
