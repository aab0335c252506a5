package io.stepwise.cli;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The calls of Lambda functions in a history, and what was logged of each. */
final class LambdaAttempts {
  /** How far the times of a history and of a log may lie apart. Units: milliseconds. */
  private static final long SLACK_MILLIS = 1_000;

  private static final Pattern START =
      Pattern.compile(
          "START RequestId: (\\S+) .*|.*\"type\":\"platform\\.start\".*\"requestId\":\"([^\"]+)\".*");

  private LambdaAttempts() {}

  /**
   * A call.
   *
   * @param state that made it
   * @param eventId of the event that scheduled it
   * @param function as it was named
   * @param fromMillis when it was scheduled
   * @param toMillis when it was over, or now
   * @param end how it ended, e.g. {@code failed}; empty while it has not
   * @param requestId of the call; empty where the history does not tell
   */
  record Attempt(
      String state,
      long eventId,
      String function,
      long fromMillis,
      long toMillis,
      String end,
      String requestId) {
    boolean isOver() {
      return !end.isEmpty();
    }

    /** The events of its log, by stream and time. */
    List<JsonNode> lines(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
      Map<String, List<JsonNode>> byStream = new LinkedHashMap<>();
      var input = Json.nodes().objectNode();
      input.put("logGroupName", FunctionLogGroup.of(api, function));
      input.put("startTime", Math.max(0, fromMillis - SLACK_MILLIS));
      input.put("endTime", toMillis + SLACK_MILLIS);
      api.logs(
          "FilterLogEvents",
          input,
          page -> {
            for (var event : page.path("events")) {
              byStream
                  .computeIfAbsent(
                      event.path("logStreamName").asString(""), any -> new ArrayList<>())
                  .add(event);
            }
          });
      List<JsonNode> found = new ArrayList<>();
      byStream.values().forEach(events -> addOwn(events, found));
      return found;
    }

    /** Adds what lies between the start of a call of this attempt and the next start. */
    private void addOwn(List<JsonNode> events, List<JsonNode> found) {
      var isOwn = false;
      for (var event : events) {
        var start = START.matcher(event.path("message").asString(""));
        if (start.matches()) {
          var id = start.group(1) == null ? start.group(2) : start.group(1);
          var millis = event.path("timestamp").asLong();
          isOwn =
              requestId.isEmpty()
                  ? millis >= fromMillis && millis <= toMillis
                  : id.equals(requestId);
        }
        if (isOwn) {
          found.add(event);
        }
      }
    }
  }

  /** The calls in a history, in the order in which they were scheduled. */
  static List<Attempt> of(List<JsonNode> history) {
    Map<Long, JsonNode> byId = new HashMap<>();
    Map<Long, JsonNode> ends = new HashMap<>();
    for (var event : history) {
      byId.put(event.path("id").asLong(), event);
      var type = event.path("type").asString("");
      if (type.matches("(LambdaFunction|Task)(Succeeded|Failed|TimedOut|StartFailed|Submitted)")) {
        ends.putIfAbsent(scheduledBefore(event, byId), event);
      }
    }
    List<Attempt> attempts = new ArrayList<>();
    for (var event : history) {
      var function = function(event);
      if (!function.isEmpty()) {
        attempts.add(attempt(event, function, ends.get(event.path("id").asLong()), byId));
      }
    }
    return attempts;
  }

  private static Attempt attempt(
      JsonNode scheduled, String function, @Nullable JsonNode end, Map<Long, JsonNode> byId) {
    return new Attempt(
        state(scheduled, byId),
        scheduled.path("id").asLong(),
        function,
        millis(scheduled),
        end == null ? System.currentTimeMillis() : millis(end),
        end == null ? "" : ending(end.path("type").asString("")),
        end == null ? "" : requestId(end));
  }

  private static String ending(String type) {
    if (type.endsWith("Succeeded") || type.endsWith("Submitted")) {
      return "succeeded";
    }
    return type.endsWith("TimedOut") ? "timed out" : "failed";
  }

  /** The function that an event has called; empty where it calls none. */
  private static String function(JsonNode event) {
    if (event.path("type").asString("").equals("LambdaFunctionScheduled")) {
      return event.path("lambdaFunctionScheduledEventDetails").path("resource").asString("");
    }
    var details = event.path("taskScheduledEventDetails");
    return details.path("resourceType").asString("").equals("lambda")
        ? parsed(details.path("parameters").asString("")).path("FunctionName").asString("")
        : "";
  }

  private static String requestId(JsonNode end) {
    for (var name : List.of("taskSucceededEventDetails", "taskSubmittedEventDetails")) {
      var output = end.path(name).path("output");
      if (output.isString()) {
        return parsed(output.stringValue())
            .path("SdkResponseMetadata")
            .path("RequestId")
            .asString("");
      }
    }
    return "";
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.parse(text);
    } catch (InvalidJsonException e) {
      return Json.nodes().missingNode();
    }
  }

  private static long scheduledBefore(JsonNode end, Map<Long, JsonNode> byId) {
    var id = end.path("previousEventId").asLong();
    for (var event = byId.get(id); event != null; event = byId.get(id)) {
      if (event.path("type").asString("").endsWith("Scheduled")) {
        return id;
      }
      id = event.path("previousEventId").asLong();
    }
    return 0;
  }

  private static String state(JsonNode scheduled, Map<Long, JsonNode> byId) {
    for (var event = scheduled;
        event != null;
        event = byId.get(event.path("previousEventId").asLong())) {
      if (event.path("type").asString("").endsWith("StateEntered")) {
        return event.path("stateEnteredEventDetails").path("name").asString("");
      }
    }
    return "";
  }

  private static long millis(JsonNode event) {
    return Math.round(event.path("timestamp").asDouble() * 1_000);
  }
}
