package io.stepwise.expression.jsonpath;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * JSON values as Java's own collections print them, {@code {a=1, b=[]}}: the form AWS shows in
 * {@code States.Format}. Source: recorded case {@code generic.format_2}.
 */
public final class JavaText {
  private JavaText() {}

  /** The value as text; a string is shown without quotes. */
  public static String of(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(JavaText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (node.isObject()) {
      return node.propertyStream()
          .map(member -> member.getKey() + "=" + of(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isNull() ? "null" : node.asString();
  }
}
