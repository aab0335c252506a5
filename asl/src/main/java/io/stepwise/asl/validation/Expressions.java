package io.stepwise.asl.validation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.expression.InvalidExpressionException;
import io.stepwise.expression.Problem;
import io.stepwise.expression.jsonata.JsonataTemplate;
import io.stepwise.expression.jsonpath.IntrinsicCall;
import io.stepwise.expression.jsonpath.Path;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import io.stepwise.expression.jsonpath.functions.IntrinsicFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of values that are evaluated. Each notes the variables it reads. */
final class Expressions {
  private static final String NOT_A_REFERENCE = "Value is not a Reference Path";

  /** Functions whose result is text, so that {@code ErrorPath} and {@code CausePath} take them. */
  private static final Set<String> TEXT_FUNCTIONS =
      Set.of(
          "States.Format",
          "States.JsonToString",
          "States.ArrayGetItem",
          "States.Base64Encode",
          "States.Base64Decode",
          "States.Hash",
          "States.UUID");

  private static final List<String> FUNCTIONS =
      Arrays.stream(IntrinsicFunction.values()).map(IntrinsicFunction::label).toList();
  private static final Pattern FIELD = Pattern.compile("field '([^']+)'");
  private static final Pattern CALL = Pattern.compile("(States\\.[A-Za-z0-9]+)\\(");

  private Expressions() {}

  /** A path, or {@code null}. */
  static Shape pathOrNull() {
    return (value, place) -> {
      if (!value.isNull()) {
        path(value, place);
      }
    };
  }

  /** A path to one node of the input, of the Context object or of a variable. */
  static Shape referencePath() {
    return (value, place) -> {
      var path = path(value, place);
      if (path != null && !path.isReference()) {
        place.error(NOT_A_REFERENCE);
      }
    };
  }

  /** As {@link #referencePath}, but not into the Context object. */
  static Shape ownReferencePath() {
    return (value, place) -> {
      var path = path(value, place);
      if (path != null && (!path.isReference() || path.text().startsWith("$$"))) {
        place.error(NOT_A_REFERENCE);
      }
    };
  }

  /** Where a result may be put: a path to one node of the input, or {@code null}. */
  static Shape resultPath() {
    return (value, place) -> {
      if (value.isNull()) {
        return;
      }
      var path = path(value, place);
      if (path != null && (!path.isReference() || !startsAtInput(path))) {
        place.error(NOT_A_REFERENCE);
      }
    };
  }

  private static boolean startsAtInput(Path path) {
    var text = path.text();
    return text.length() == 1 || text.charAt(1) == '.' || text.charAt(1) == '[';
  }

  /** What a data test compares: a path to one node. */
  static Shape operandPath() {
    return (value, place) -> {
      if (value.isString() && !value.stringValue().startsWith("$")) {
        place.error(NOT_A_REFERENCE + ": Reference path didn't start with '$'");
      } else {
        referencePath().check(value, place);
      }
    };
  }

  /** A path, or a call of a function that returns text. */
  static Shape textPath() {
    return (value, place) -> {
      if (!value.isString() || value.stringValue().startsWith("$")) {
        referencePath().check(value, place);
        return;
      }
      try {
        var call = IntrinsicCall.compile(value.stringValue());
        place.reads(call.variables());
        if (!TEXT_FUNCTIONS.contains(call.functionName())) {
          place.errorOf(
              call.functionName(),
              TEXT_FUNCTIONS,
              "The intrinsic function '" + call.functionName() + "' is not supported");
        }
      } catch (InvalidExpressionException _) {
        place.error("Value must be a valid JSONPath or a valid intrinsic function call");
      }
    };
  }

  private static @Nullable Path path(JsonNode value, Place place) {
    if (!value.isString()) {
      place.error("Expected value of type String");
      return null;
    }
    try {
      var path = Path.compile(value.stringValue());
      place.reads(path.variables());
      return path;
    } catch (InvalidExpressionException _) {
      place.error("Value must be a valid JSONPath.");
      return null;
    }
  }

  /** A value in the language of the state: a payload template, or JSON with JSONata in it. */
  static Shape template(JsonataScope scope) {
    return (value, place) -> {
      switch (place.language()) {
        case JSONPATH -> payloadTemplate(value, place);
        case JSONATA -> jsonataTemplate(value, place, scope);
      }
    };
  }

  /** A payload template that is an object. */
  static Shape objectTemplate(JsonataScope scope) {
    return (value, place) -> {
      if (value.isObject()) {
        template(scope).check(value, place);
      } else {
        place.error("Expected value of type Object");
      }
    };
  }

  /** A JSONata expression, or a literal of that shape. In JSONPath, the literal only. */
  static Shape literalOrJsonata(Shape literal) {
    return (value, place) -> {
      if (place.language() == QueryLanguage.JSONATA && isMarked(value)) {
        jsonataTemplate(value, place, JsonataScope.INPUT);
      } else {
        literal.check(value, place);
      }
    };
  }

  /** Whether the value is a string that starts as a JSONata expression does. */
  static boolean isMarked(JsonNode value) {
    return value.isString() && value.stringValue().startsWith("{%");
  }

  private static void payloadTemplate(JsonNode value, Place place) {
    if (!hasExpressions(value)) {
      Warnings.checkTemplate(value, place);
      return;
    }
    try {
      place.reads(PayloadTemplate.compile(value).variables());
    } catch (InvalidExpressionException _) {
      reportTemplate(PayloadTemplate.problems(value, place.location()), value, place);
    }
    Warnings.checkTemplate(value, place);
  }

  private static boolean hasExpressions(JsonNode value) {
    for (var property : value.properties()) {
      if (property.getKey().endsWith(".$")) {
        return true;
      }
    }
    for (JsonNode child : value) {
      if (child.isContainer() && hasExpressions(child)) {
        return true;
      }
    }
    return false;
  }

  private static void jsonataTemplate(JsonNode value, Place place, JsonataScope scope) {
    try {
      var template = JsonataTemplate.compile(value);
      place.reads(template.variables());
      if (scope.allows(template)) {
        return;
      }
    } catch (InvalidExpressionException _) {
      // What is wrong, and where, comes next.
    }
    report(scope.problems(value, place), place);
  }

  private static void report(List<Problem> problems, Place place) {
    for (var problem : problems) {
      place.errorAt(problem.path(), problem.code(), problem.message());
    }
  }

  /** AWS says only that the value of a field is none; which function was meant is ours to say. */
  private static void reportTemplate(List<Problem> problems, JsonNode template, Place place) {
    for (var problem : problems) {
      var call = functionOf(problem, template);
      if (call == null) {
        place.errorAt(problem.path(), problem.code(), problem.message());
      } else {
        place.errorOfAt(problem.path(), call, FUNCTIONS, problem.code(), problem.message());
      }
    }
  }

  private static @Nullable String functionOf(Problem problem, JsonNode template) {
    var field = FIELD.matcher(problem.message());
    if (!field.find()) {
      return null;
    }
    var call = CALL.matcher(template.findPath(field.group(1)).asString(""));
    return call.lookingAt() && !FUNCTIONS.contains(call.group(1)) ? call.group(1) : null;
  }
}
