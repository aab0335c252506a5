package io.stepwise.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lines of a log group are shown. */
final class LogOptions {
  @Option(
      names = {"-f", "--follow"},
      description = "Go on with the lines that come, until you stop it.")
  private boolean follow;

  @Option(
      names = "--filter",
      paramLabel = "PATTERN",
      description = "Only events that this filter pattern of CloudWatch Logs matches.")
  private String filter = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "1h",
      description =
          "Not what is older: a span before now (90s, 10m, 2h, 3d), or a point in time"
              + " (2026-11-27T20:00:00Z). Default: ${DEFAULT-VALUE}")
  private String since = "1h";

  /** Whether to go on. */
  boolean follow() {
    return follow;
  }

  /** The filter pattern; empty for all. */
  String filter() {
    return filter;
  }

  /** The first moment whose events are shown. Units: milliseconds since 1970. */
  long sinceMillis() {
    var span = span(since);
    if (span != null) {
      return Math.max(0, System.currentTimeMillis() - span.toMillis());
    }
    try {
      return Math.max(0, Instant.parse(since).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw CommandProblem.misuse(
          "Expected a span as 90s, 10m, 2h or 3d, or a point in time as 2026-11-27T20:00:00Z, in"
              + " --since, got '"
              + since
              + "'");
    }
  }

  private static @Nullable Duration span(String text) {
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      return null;
    }
    var count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
