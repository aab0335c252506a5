package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Prints the events of a log group, and those that come. */
final class LogTail {
  private static final long PAUSE_MILLIS = 250;

  /**
   * How far back it looks again while it follows: what happened at about the same time in another
   * stream may be written a little later. Units: milliseconds.
   */
  private static final long OVERLAP_MILLIS = 5_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SfnApi api;
  private final String group;
  private final LogOptions options;
  private final Terminal terminal = Terminal.ofProcess();
  private Set<String> seen = new HashSet<>();
  private long last;

  LogTail(SfnApi api, String group, LogOptions options) {
    this.api = api;
    this.group = group;
    this.options = options;
  }

  /** Prints them; returns when all are printed, or never where it follows. */
  int print() throws IOException, InterruptedException, SfnApi.Refused {
    var since = options.sinceMillis();
    while (true) {
      printFrom(Math.max(since, last - OVERLAP_MILLIS));
      if (!options.follow()) {
        return 0;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void printFrom(long millis) throws IOException, InterruptedException, SfnApi.Refused {
    var input = Json.nodes().objectNode();
    input.put("logGroupName", group).put("startTime", millis);
    if (!options.filter().isEmpty()) {
      input.put("filterPattern", options.filter());
    }
    Set<String> inOverlap = new HashSet<>();
    api.logs(
        "FilterLogEvents",
        input,
        page -> {
          for (var event : page.path("events")) {
            var id = event.path("eventId").asString("");
            inOverlap.add(id);
            if (!seen.contains(id)) {
              terminal.out().println(line(event));
              last = Math.max(last, event.path("timestamp").asLong());
            }
          }
          terminal.out().flush();
        });
    seen = inOverlap;
  }

  /** An event as a line: when, and what; what is written in several lines stays so. */
  static String line(JsonNode event) {
    return TIME.format(Instant.ofEpochMilli(event.path("timestamp").asLong()))
        + " "
        + DisplayText.escapedLines(event.path("message").asString(""));
  }
}
