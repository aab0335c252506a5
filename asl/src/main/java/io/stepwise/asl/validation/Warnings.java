package io.stepwise.asl.validation;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Doubts about what is valid but probably not meant: text that looks like an expression. */
final class Warnings {
  private static final Pattern PATH = Pattern.compile("\\${1,2}(?:[.\\[].*)?", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile("States\\.[A-Za-z0-9]+\\(.*\\)", Pattern.DOTALL);

  private Warnings() {}

  /** Keys of a payload template without {@code .$} whose text looks like an expression. */
  static void checkTemplate(JsonNode template, Place place) {
    for (var property : template.properties()) {
      var value = property.getValue();
      if (looksEvaluated(value) && !property.getKey().endsWith(".$")) {
        place
            .field(property.getKey())
            .warning(
                "NO_DOLLAR",
                "No .$ on a field that appears to be a JSONPath or Intrinsic Function.");
      } else if (value.isContainer()) {
        checkTemplate(value, place.field(property.getKey()));
      }
    }
    if (template.isArray()) {
      for (var i = 0; i < template.size(); i++) {
        if (template.get(i).isContainer()) {
          checkTemplate(template.get(i), place.element(i));
        }
      }
    }
  }

  /** A Pass state's {@code Result}, which is never evaluated. */
  static void checkResult(JsonNode result, Place place) {
    if (containsPath(result)) {
      place.warning(
          "PASS_RESULT_IS_STATIC", "Attempt to use a path in the result of a pass state.");
    }
  }

  /** Literal text of a field that has a variant ending in {@code Path}. */
  static Shape noPath(Shape shape) {
    return (value, place) -> {
      shape.check(value, place);
      if (value.isString() && PATH.matcher(value.stringValue()).matches()) {
        place.warning(
            "NO_PATH", "Field value looks like a path, but field name does not end with 'Path'.");
      }
    };
  }

  private static boolean containsPath(JsonNode value) {
    if (looksEvaluated(value)) {
      return true;
    }
    for (JsonNode child : value) {
      if (containsPath(child)) {
        return true;
      }
    }
    return false;
  }

  private static boolean looksEvaluated(JsonNode value) {
    if (!value.isString()) {
      return false;
    }
    var text = value.stringValue();
    return (text.startsWith("$") && PATH.matcher(text).matches())
        || (text.startsWith("States.") && CALL.matcher(text).matches());
  }
}
