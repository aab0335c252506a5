package io.stepwise.cli.run;

import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A history in lines, for people: one for each event, as GetExecutionHistory has them, and one for
 * its input or output.
 *
 * <pre>
 *     +12ms      4    ← 3  TaskStateEntered         Charge
 *                          input  {"total":12}
 *     +80ms      7    ← 6  TaskFailed               CardDeclined: no funds
 *     +80ms      8    ← 7  ExecutionFailed          CardDeclined: no funds  in Prepare / branch 1 / Charge
 * </pre>
 */
public final class HistoryLines {
  private static final List<String> NAMES =
      List.of("name", "index", "length", "resource", "workerName", "redriveCount", "mapRunArn");
  private static final List<String> PAYLOADS = List.of("input", "parameters", "output");

  /** Events that are searched for the reason of one that tells none. */
  private static final int LOOKED_AT_MAX = 500;

  private static final String MARGIN = " ".repeat(26);

  private final Terminal terminal;
  private final Payloads payloads;
  private final int shortMax;
  private final Map<Long, JsonNode> known = new HashMap<>();
  private double startSeconds = Double.NaN;

  /** How much of inputs and outputs is shown. */
  public enum Payloads {
    /** The first {@value #SHORT_MAX} characters, or as many as a terminal has room for. */
    SHORT,
    /** All. */
    FULL,
    /** Nothing. */
    NONE;

    private static final int SHORT_MAX = 200;
  }

  /** Lines for {@code terminal}. */
  public HistoryLines(Terminal terminal, Payloads payloads) {
    this.terminal = terminal;
    this.payloads = payloads;
    // On a terminal a short payload stays in its line.
    this.shortMax = Math.clamp(terminal.columns() - 60L, 20, Payloads.SHORT_MAX);
  }

  /** The lines of events that follow those added before. */
  public List<String> add(List<JsonNode> events) {
    for (var event : events) {
      if (Double.isNaN(startSeconds)) {
        startSeconds = event.path("timestamp").asDouble(0);
      }
      known.put(id(event), event);
    }
    var lines = new ArrayList<String>();
    for (var i = 0; i < events.size(); i++) {
      var event = events.get(i);
      var end = Math.min(events.size(), i + 1 + LOOKED_AT_MAX);
      var line = line(event, events.subList(i + 1, end));
      var colour = colour(type(event));
      lines.add(colour == null ? line : terminal.paint(colour, line));
      payload(event).ifPresent(lines::add);
    }
    return lines;
  }

  /**
   * Which state failed, as a path from the root: {@code Prepare / branch 1 / Charge}; empty where
   * no state did, or where the history does not show it.
   */
  public Optional<String> failed(JsonNode event) {
    var path = new FailurePath(known).of(event);
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  private String line(JsonNode event, List<JsonNode> next) {
    var since = Math.round((event.path("timestamp").asDouble(0) - startSeconds) * 1000);
    return "%10s  %5d %6s  %-24s %s"
        .formatted(
            "+" + Durations.text(since),
            id(event),
            "← " + previous(event),
            DisplayText.escaped(type(event)),
            detail(event, next))
        .stripTrailing();
  }

  private String detail(JsonNode event, List<JsonNode> next) {
    var details = details(event);
    var parts = new ArrayList<String>();
    for (var name : NAMES) {
      if (details.hasNonNull(name)) {
        parts.add(DisplayText.escaped(shown(name, details)));
      }
    }
    var reason = reasonOf(event);
    if (reason.isEmpty() && tellsNoReason(type(event))) {
      reason = laterReason(event, next);
    }
    if (!reason.isEmpty()) {
      parts.add(shortened(DisplayText.escaped(reason)));
    }
    if (type(event).matches("Execution(Failed|TimedOut)")) {
      failed(event).ifPresent(path -> parts.add("in " + path));
    }
    return String.join("  ", parts);
  }

  private static String shown(String name, JsonNode details) {
    var value = details.path(name).asString("");
    return switch (name) {
      case "index" -> "#" + value;
      case "length" -> value + (value.equals("1") ? " item" : " items");
      case "resource" ->
          details.hasNonNull("resourceType") && !value.startsWith("arn:")
              ? details.path("resourceType").asString("") + ":" + value
              : value;
      case "workerName" -> "worker " + value;
      case "redriveCount" -> "redrive " + value;
      default -> value;
    };
  }

  /** Error and cause as every command prints them. */
  public static String reason(@Nullable String error, @Nullable String cause) {
    if (error == null || error.isEmpty()) {
      return cause == null ? "" : cause;
    }
    return error + (cause == null || cause.isEmpty() ? "" : ": " + cause);
  }

  /** Error and cause of an event, or "". */
  public static String reasonOf(JsonNode event) {
    var details = details(event);
    return reason(details.path("error").asString(null), details.path("cause").asString(null));
  }

  private static boolean tellsNoReason(String type) {
    return switch (type) {
      case "FailStateEntered",
          "MapIterationFailed",
          "MapStateFailed",
          "ParallelStateFailed",
          "MapRunFailed" ->
          true;
      default -> false;
    };
  }

  /** AWS writes the reason only where the failure ends: at the execution, or at what caught it. */
  private String laterReason(JsonNode event, List<JsonNode> next) {
    for (var later : next) {
      if (follows(later, event)) {
        var reason = type(later).endsWith("StateExited") ? caught(later) : reasonOf(later);
        if (!reason.isEmpty()) {
          return reason;
        }
      }
    }
    return "";
  }

  /** What a Catch wrote into the output. */
  private static String caught(JsonNode exited) {
    try {
      var output = Json.parse(details(exited).path("output").asString(""));
      var error = output.has("Error") ? output : output.findParent("Error");
      return error == null || !error.has("Cause")
          ? ""
          : reason(error.path("Error").asString(null), error.path("Cause").asString(null));
    } catch (InvalidJsonException e) {
      return "";
    }
  }

  private boolean follows(JsonNode later, JsonNode event) {
    for (var at = later; at != null && id(at) > previous(event); at = known.get(previous(at))) {
      if (previous(at) == id(event) || previous(at) == previous(event)) {
        return true;
      }
      if (previous(at) == 0) {
        return false;
      }
    }
    return false;
  }

  private Optional<String> payload(JsonNode event) {
    var details = details(event);
    for (var name : PAYLOADS) {
      if (payloads != Payloads.NONE && details.hasNonNull(name)) {
        var text = DisplayText.escaped(details.path(name).asString(""));
        return Optional.of(terminal.paint(Colour.DIM, MARGIN + name + "  " + shortened(text)));
      }
    }
    return Optional.empty();
  }

  private String shortened(String text) {
    if (payloads == Payloads.FULL || text.length() <= shortMax) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(shortMax - 1)) ? shortMax - 1 : shortMax;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }

  private static @Nullable Colour colour(String type) {
    if (type.endsWith("Failed") || type.endsWith("TimedOut")) {
      return Colour.RED;
    }
    return switch (type) {
      case "ExecutionSucceeded" -> Colour.GREEN;
      case "ExecutionAborted" -> Colour.YELLOW;
      default -> null;
    };
  }

  static JsonNode details(JsonNode event) {
    for (var member : event.properties()) {
      if (member.getKey().endsWith("EventDetails")) {
        return member.getValue();
      }
    }
    return event.path("details");
  }

  static long id(JsonNode event) {
    return event.path("id").asLong(0);
  }

  static long previous(JsonNode event) {
    return event.path("previousEventId").asLong(0);
  }

  static String type(JsonNode event) {
    return event.path("type").asString("");
  }
}
