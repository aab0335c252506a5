package io.stepwise.functions;

import io.stepwise.expression.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The lines that Lambda itself writes around those of a call, as text or as JSON. */
final class SystemLines {
  private final FunctionVersion function;

  /** For calls of a version. */
  SystemLines(FunctionVersion function) {
    this.function = function;
  }

  /**
   * How a call went.
   *
   * @param nanos how long it took
   * @param initNanos how long its process took to start; negative where it was there before
   * @param isError whether it answered an error
   * @param status what its report ends with, e.g. {@code Status: timeout}; or empty
   */
  record Report(
      String requestId,
      long nanos,
      long peakMegabytes,
      long initNanos,
      boolean isError,
      String status) {
    long billedMillis() {
      return Math.ceilDiv(nanos, 1_000_000L);
    }
  }

  /** What a call begins with. */
  String start(String requestId) {
    if (!function.jsonLogs()) {
      return "START RequestId: " + requestId + " Version: " + function.version();
    }
    var record = Json.nodes().objectNode();
    record.put("requestId", requestId).put("version", function.version());
    return line("platform.start", record);
  }

  /** What a call ends with. */
  List<String> end(Report report) {
    return function.jsonLogs()
        ? List.of(line("platform.report", record(report)))
        : List.of("END RequestId: " + report.requestId(), text(report));
  }

  private String text(Report report) {
    var line =
        String.format(
            Locale.ROOT,
            "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\t"
                + "Max Memory Used: %d MB\t",
            report.requestId(),
            report.nanos() / 1e6,
            report.billedMillis(),
            function.memoryMegabytes(),
            report.peakMegabytes());
    if (report.initNanos() >= 0) {
      line += String.format(Locale.ROOT, "Init Duration: %.2f ms\t", report.initNanos() / 1e6);
    }
    return line + report.status();
  }

  private ObjectNode record(Report report) {
    var record = Json.nodes().objectNode();
    record.put("requestId", report.requestId());
    var metrics = record.putObject("metrics");
    metrics.put("durationMs", thousandths(report.nanos()));
    metrics.put("billedDurationMs", report.billedMillis());
    metrics.put("memorySizeMB", function.memoryMegabytes());
    metrics.put("maxMemoryUsedMB", report.peakMegabytes());
    if (report.initNanos() >= 0) {
      metrics.put("initDurationMs", thousandths(report.initNanos()));
    }
    record.put(
        "status",
        report.status().equals("Status: timeout")
            ? "timeout"
            : report.isError() ? "error" : "success");
    return record;
  }

  private static double thousandths(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static String line(String type, ObjectNode record) {
    var line = Json.nodes().objectNode();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("type", type);
    line.set("record", record);
    return Json.print(line);
  }
}
