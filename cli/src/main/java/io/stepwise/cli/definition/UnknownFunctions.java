package io.stepwise.cli.definition;

import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.Diagnostic.Severity;
import io.stepwise.asl.Nearest;
import io.stepwise.jsonata.Jsonata;
import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.References;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Functions that JSONata doesn't have, called in a definition that AWS accepts: a state that comes
 * to them fails.
 */
final class UnknownFunctions {
  /** The code of these warnings; AWS has none. */
  static final String CODE = "UNKNOWN_JSONATA_FUNCTION";

  private final List<Diagnostic> found = new ArrayList<>();

  private UnknownFunctions() {}

  /** A warning for each. */
  static List<Diagnostic> in(JsonNode definition) {
    var walk = new UnknownFunctions();
    walk.visit(definition, "");
    return walk.found;
  }

  private void visit(JsonNode value, String place) {
    if (value.isObject()) {
      value.properties().forEach(member -> visit(member.getValue(), place + "/" + member.getKey()));
    } else if (value.isArray()) {
      for (var i = 0; i < value.size(); i++) {
        visit(value.get(i), place + "[" + i + "]");
      }
    } else if (value.isString()) {
      check(value.stringValue(), place);
    }
  }

  private void check(String text, String place) {
    if (!text.startsWith("{%") || !text.endsWith("%}") || text.length() < 4) {
      return;
    }
    try {
      Jsonata.compile(text.substring(2, text.length() - 2)).references().variables().stream()
          .filter(use -> use.isCalled() && !use.isBuiltIn())
          .forEach(use -> found.add(warning(use, place)));
    } catch (JsonataException e) {
      // In a field that holds no expressions, this is no expression.
    }
  }

  private static Diagnostic warning(References.Use use, String place) {
    return new Diagnostic(
        Severity.WARNING,
        CODE,
        "AWS accepts this, but there is no function $"
            + use.name()
            + ": calling it fails with T1006",
        place,
        Nearest.to(use.name(), Jsonata.functions()).map(name -> "$" + name).orElse(null));
  }
}
