package io.stepwise.cli.definition;

import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.validation.Resources;
import io.stepwise.server.ServiceConnectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What AWS runs and Stepwise can't yet, in a definition that is valid: the rows of docs/coverage.md
 * that say <em>not yet</em>.
 */
final class NotYet {
  /** The code of these warnings; AWS has none. */
  static final String CODE = "STEPWISE_CANNOT_RUN_YET";

  /** Values of fields of a ReaderConfig. */
  private static final Set<String> READ = Set.of("JSON", "JSONL", "CSV", "NONE");

  private final List<Diagnostic> found = new ArrayList<>();

  private NotYet() {}

  /** A warning for each. */
  static List<Diagnostic> in(JsonNode definition) {
    var walk = new NotYet();
    walk.graph(definition, "");
    return walk.found;
  }

  private void graph(JsonNode graph, String place) {
    for (var state : graph.path("States").properties()) {
      state(state.getKey(), state.getValue(), place + "/States/" + state.getKey());
    }
  }

  private void state(String name, JsonNode state, String place) {
    switch (state.path("Type").asString("")) {
      case "Task" -> task(name, state, place);
      case "Parallel" -> {
        var branches = state.path("Branches");
        for (var i = 0; i < branches.size(); i++) {
          graph(branches.path(i), place + "/Branches[" + i + "]");
        }
      }
      case "Map" -> {
        reader(name, state.path("ItemReader").path("ReaderConfig"), place + "/ItemReader");
        if (state.path("ResultWriter").has("Resource")) {
          fails(name, "ResultWriter", "ResultWriter", place + "/ResultWriter");
        }
        graph(state.path("ItemProcessor"), place + "/ItemProcessor");
        graph(state.path("Iterator"), place + "/Iterator");
      }
      default -> {}
    }
  }

  private void reader(String name, JsonNode config, String place) {
    for (var field : List.of("InputType", "ManifestType", "Transformation")) {
      if (config.has(field) && !READ.contains(config.path(field).asString(""))) {
        fails(
            name,
            field + " " + config.path(field).asString("") + " of an ItemReader",
            "ItemReader",
            place + "/ReaderConfig/" + field);
      }
    }
  }

  private void fails(String name, String what, String field, String place) {
    warn(
        "AWS accepts this; Stepwise has no "
            + what
            + " yet, and state '"
            + name
            + "' fails with States."
            + field
            + "Failed.",
        place);
  }

  private void task(String name, JsonNode state, String place) {
    if (Resources.parse(state.path("Resource").asString(""))
            instanceof TaskResource.ServiceIntegration integration
        && !ServiceConnectors.canCall(
            integration.service(), integration.action(), integration.pattern())) {
      warn(
          "AWS accepts this; Stepwise can't call "
              + integration.service()
              + ":"
              + integration.action()
              + integration.pattern().suffix()
              + " yet, and state '"
              + name
              + "' fails with Stepwise.UnsupportedIntegration unless it is mocked.",
          place + "/Resource");
    }
  }

  private void warn(String message, String place) {
    found.add(new Diagnostic(Diagnostic.Severity.WARNING, CODE, message, place));
  }
}
