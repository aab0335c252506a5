package io.stepwise.cli;

import io.stepwise.cli.run.HistoryLines;
import io.stepwise.cli.run.RunObserver;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.execution.Execution;
import io.stepwise.expression.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Shows how a run ended.
 *
 * @param terminal where the result goes
 * @param aside where what is said beside it goes; the same, where that is a terminal
 * @param withLines whether the history is shown in lines
 */
record RunReport(Terminal terminal, Terminal aside, boolean withLines) {

  void show(
      Execution execution, RunObserver observer, Words.ResultFormat format, boolean withHistory) {
    switch (format) {
      case TEXT -> text(execution, observer);
      case JSON -> {
        terminal.out().println(Json.print(json(execution, observer, withHistory)));
        terminal.out().flush();
      }
    }
  }

  private void text(Execution execution, RunObserver observer) {
    aside.out().println();
    if (withLines) {
      new HistoryLines(aside, HistoryLines.Payloads.SHORT)
          .add(observer.historyTrees())
          .forEach(aside.out()::println);
      aside.out().println();
    }
    var output = execution.output();
    if (output == null) {
      failure(execution, observer.historyTrees());
    } else {
      aside.out().flush();
      terminal.out().println(pretty(output.tree()));
      terminal.out().flush();
    }
    aside.out().println();
    aside
        .out()
        .println(
            aside.paint(Colour.DIM, observer.stateTransitions() + " billed state transitions"));
    aside.out().flush();
  }

  private String pretty(JsonNode tree) {
    return terminal.shown(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
  }

  private void failure(Execution execution, List<JsonNode> history) {
    var lines = new HistoryLines(aside, HistoryLines.Payloads.NONE);
    lines.add(history);
    var place = history.isEmpty() ? Optional.<String>empty() : lines.failed(history.getLast());
    aside
        .out()
        .println(
            aside.paint(Colour.RED, execution.status().name())
                + place.map(path -> "  in " + path).orElse(""));
    if (execution.error() != null) {
      aside.out().println("error  " + DisplayText.escaped(execution.error()));
    }
    if (execution.cause() != null) {
      aside.out().println("cause  " + DisplayText.escaped(execution.cause()));
    }
    hint(execution, history)
        .ifPresent(hint -> aside.out().println(aside.paint(Colour.BLUE, "hint") + "   " + hint));
  }

  /** What a newcomer can do about what Stepwise, and not the definition, is the reason of. */
  private static Optional<String> hint(Execution execution, List<JsonNode> history) {
    var reasons =
        HistoryLines.reason(execution.error(), execution.cause()) + " " + lastReason(history);
    if (reasons.contains("Stepwise knows no Lambda endpoint")) {
      return Optional.of(
          "name where functions are called with --lambda-endpoint URL, or answer the state with"
              + " --mock FILE");
    }
    if (reasons.contains("Stepwise.UnsupportedIntegration")
        || reasons.contains("Stepwise does not support")) {
      return Optional.of("Stepwise can't do this yet: answer the state with --mock FILE");
    }
    return Optional.empty();
  }

  private static String lastReason(List<JsonNode> history) {
    for (var event : history.reversed()) {
      var reason = HistoryLines.reasonOf(event);
      if (!reason.isEmpty() && !event.path("type").asString("").startsWith("Execution")) {
        return reason;
      }
    }
    return "";
  }

  private static JsonNode json(Execution execution, RunObserver observer, boolean withHistory) {
    var result = Json.nodes().objectNode().put("status", execution.status().name());
    if (execution.output() != null) {
      result.set("output", execution.output().tree());
    }
    if (execution.error() != null) {
      result.put("error", execution.error());
    }
    if (execution.cause() != null) {
      result.put("cause", execution.cause());
    }
    if (execution.output() == null) {
      var history = observer.historyTrees();
      var lines =
          new HistoryLines(new Terminal(System.err, false, false), HistoryLines.Payloads.NONE);
      lines.add(history);
      lines.failed(history.getLast()).ifPresent(place -> result.put("failedState", place));
    }
    result.put("durationMillis", execution.stopMillis() - execution.header().startMillis());
    result.put("billedStateTransitions", observer.stateTransitions());
    if (withHistory) {
      result.putArray("history").addAll(observer.historyTrees());
    }
    return result;
  }
}
