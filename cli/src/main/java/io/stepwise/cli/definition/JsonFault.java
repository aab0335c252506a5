package io.stepwise.cli.definition;

import io.stepwise.expression.Json;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Says where and why text is not JSON, without the parser's words for programmers. */
public final class JsonFault {
  private JsonFault() {}

  /** The reason, with its line and column; empty where the text is one JSON value. */
  public static Optional<String> of(String text) {
    if (text.isBlank()) {
      return Optional.of("there is no text");
    }
    try {
      var tree = Json.mapper().readTree(text);
      return tree == null || tree.isMissingNode()
          ? Optional.of("there is no value")
          : Optional.empty();
    } catch (JacksonException e) {
      var location = e.getLocation();
      var place =
          location == null || location.getLineNr() < 1
              ? ""
              : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
      return Optional.of(place + words(String.valueOf(e.getOriginalMessage())));
    }
  }

  private static String words(String message) {
    if (message.startsWith("Trailing token")) {
      return "more text after the value";
    }
    var plain =
        message.replaceAll(" \\(code \\d+[^)]*\\)", "").replace("('", "'").replace("')", "'");
    return plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }
}
