package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Reads the history of an execution from a server, from wherever it was left. */
final class HistoryReader {
  private final SfnApi api;
  private final String arn;
  private long lastId;

  HistoryReader(SfnApi api, String arn) {
    this.api = api;
    this.arn = arn;
  }

  /** The events since the last call, oldest first. */
  List<JsonNode> next() throws IOException, InterruptedException, SfnApi.Refused {
    // From the end backwards: the beginning of a long history is not read again and again.
    var reverse = lastId > 0;
    var input = Json.nodes().objectNode().put("executionArn", arn).put("reverseOrder", reverse);
    input.put("maxResults", reverse ? 100 : 1000);
    var events = new ArrayList<JsonNode>();
    while (true) {
      var page = api.call("GetExecutionHistory", input);
      var known = false;
      for (var event : page.path("events")) {
        known = event.path("id").asLong(0) <= lastId;
        if (known) {
          break;
        }
        events.add(event);
      }
      if (known || !page.hasNonNull("nextToken")) {
        break;
      }
      input.put("nextToken", Objects.requireNonNull(page.get("nextToken")).stringValue());
    }
    if (reverse) {
      Collections.reverse(events);
    }
    if (!events.isEmpty()) {
      lastId = events.getLast().path("id").asLong(0);
    }
    return events;
  }
}
