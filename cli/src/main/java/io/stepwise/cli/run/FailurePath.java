package io.stepwise.cli.run;

import io.stepwise.cli.terminal.DisplayText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Finds the state that failed, from the end of a history backwards: each event names the one before
 * it, out of items and branches too.
 *
 * @param known events by id
 */
record FailurePath(Map<Long, JsonNode> known) {
  private static final Pattern TOLD =
      Pattern.compile("(?s)An error occurred while executing the state '(.*?)' \\(entered.*");

  /** The path to the state at which the chain of {@code end} ended, or "". */
  String of(JsonNode end) {
    var path = new ArrayList<String>();
    // States that were left again are no part of the path; what encloses the failed one is.
    var left = new ArrayDeque<String>();
    var inside = true;
    for (var event = known.get(HistoryLines.previous(end));
        event != null;
        event = known.get(HistoryLines.previous(event))) {
      var type = HistoryLines.type(event);
      if (type.endsWith("StateExited")) {
        left.push(name(event));
      } else if (type.endsWith("StateEntered") && !left.isEmpty()) {
        if (left.element().equals(name(event))) {
          left.pop();
        }
      } else if (type.endsWith("StateEntered") && inside) {
        path.add(name(event));
        inside = false;
      } else if (type.equals("MapIterationStarted") && left.isEmpty()) {
        path.add("item " + HistoryLines.details(event).path("index").asInt(0));
        inside = true;
      } else if (type.equals("ParallelStateStarted") && left.isEmpty()) {
        inside = true;
      }
    }
    if (path.isEmpty()) {
      return told(end);
    }
    Collections.reverse(path);
    return String.join(" / ", path);
  }

  private static String name(JsonNode event) {
    return DisplayText.escaped(HistoryLines.details(event).path("name").asString(""));
  }

  private static String told(JsonNode end) {
    var cause = TOLD.matcher(HistoryLines.details(end).path("cause").asString(""));
    return cause.matches() ? DisplayText.escaped(cause.group(1)) : "";
  }
}
