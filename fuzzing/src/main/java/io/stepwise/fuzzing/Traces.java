package io.stepwise.fuzzing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server leaves behind for operators, its metrics and its log, however hostile what it was
 * sent: every line is one of its own.
 */
final class Traces {
  private static final Pattern METRIC =
      Pattern.compile(
          "# (HELP|TYPE) (stepwise|process|jvm)_\\w+ [ -~]*"
              + "|(stepwise|process|jvm)_\\w+(\\{(\\w+=\"([^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*})?"
              + " (-?[0-9.E+-]+|NaN|[+-]Inf)");

  private static final Pattern LOG =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d) [A-Z]+ +[\\w.$]+ .*"
              + "|    at .*|Caused by: .*|[\\w.$]+(Exception|Error): .*");

  private Traces() {}

  /** What is wrong with a page of metrics, if anything. */
  static Optional<String> brokenMetrics(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isEmpty() && !METRIC.matcher(line).matches())
        .map(line -> "no metric: " + line)
        .findFirst();
  }

  /** What is wrong with a log from its first line on, if anything. */
  static Optional<String> brokenLog(List<String> lines) {
    return lines.stream()
        .filter(line -> !LOG.matcher(line).matches() || line.chars().anyMatch(c -> c < ' '))
        .map(line -> "no line of the log: " + line)
        .findFirst();
  }
}
