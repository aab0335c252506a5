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
 * Functions that JSONata doesn't have, and members that {@code $states} never has, in a definition
 * that AWS accepts: a state that comes to them fails.
 */
final class UnknownNames {
  /** The codes of these warnings; AWS has none. */
  private static final String FUNCTION = "UNKNOWN_JSONATA_FUNCTION";

  private static final String FIELD = "UNKNOWN_STATES_FIELD";
  private static final List<String> FIELDS = List.of("input", "context", "result", "errorOutput");

  private final List<Diagnostic> found = new ArrayList<>();

  private UnknownNames() {}

  /** A warning for each. */
  static List<Diagnostic> in(JsonNode definition) {
    var walk = new UnknownNames();
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
      for (var use :
          Jsonata.compile(text.substring(2, text.length() - 2)).references().variables()) {
        var field = use.field();
        if (use.isCalled() && !use.isBuiltIn()) {
          found.add(noFunction(use, place));
        } else if (use.name().equals("states") && field != null && !FIELDS.contains(field)) {
          found.add(noField(field, place));
        }
      }
    } catch (JsonataException e) {
      // In a field that holds no expressions, this is no expression.
    }
  }

  private static Diagnostic noField(String field, String place) {
    return new Diagnostic(
        Severity.WARNING,
        FIELD,
        "AWS accepts this, but there is never a '$states." + field + "'",
        place,
        Nearest.to(field, FIELDS).orElse(null));
  }

  private static Diagnostic noFunction(References.Use use, String place) {
    return new Diagnostic(
        Severity.WARNING,
        FUNCTION,
        "AWS accepts this, but there is no function $"
            + use.name()
            + ": calling it fails with T1006",
        place,
        Nearest.to(use.name(), Jsonata.functions()).map(name -> "$" + name).orElse(null));
  }
}
