package io.stepwise.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.AwsLocation;
import io.stepwise.expression.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines around those of a call are AWS's, in both formats. */
final class SystemLinesTest {
  private static SystemLines lines(boolean asJson) {
    return new SystemLines(
        new FunctionVersion(
            AwsLocation.of("us-east-1", "123456789012").function("f"),
            "7",
            "r",
            "nodejs22.x",
            "index.handler",
            3,
            256,
            Map.of(),
            Path.of("code"),
            Optional.empty(),
            1,
            asJson,
            FunctionVersion.defaultLogGroup("f")));
  }

  private static final SystemLines.Report REPORT =
      new SystemLines.Report("id-1", 12_345_678, 40, 99_000_000, true, "Status: timeout");

  @Test
  void textHasStartEndAndReport() {
    assertThat(lines(false).start("id-1")).isEqualTo("START RequestId: id-1 Version: 7");
    assertThat(lines(false).end(REPORT))
        .containsExactly(
            "END RequestId: id-1",
            "REPORT RequestId: id-1\tDuration: 12.35 ms\tBilled Duration: 13 ms\t"
                + "Memory Size: 256 MB\tMax Memory Used: 40 MB\tInit Duration: 99.00 ms\t"
                + "Status: timeout");
  }

  @Test
  void jsonHasRecordsOfThePlatform() {
    var start = Json.parseTrusted(lines(true).start("id-1"));
    assertThat(start.path("type").asString("")).isEqualTo("platform.start");
    assertThat(Json.print(start.path("record")))
        .isEqualTo("{\"requestId\":\"id-1\",\"version\":\"7\"}");

    var report = Json.parseTrusted(lines(true).end(REPORT).getFirst());
    assertThat(report.path("type").asString("")).isEqualTo("platform.report");
    assertThat(Json.print(report.path("record")))
        .isEqualTo(
            "{\"requestId\":\"id-1\",\"metrics\":{\"durationMs\":12.346,\"billedDurationMs\":13,"
                + "\"memorySizeMB\":256,\"maxMemoryUsedMB\":40,\"initDurationMs\":99.0},"
                + "\"status\":\"timeout\"}");
  }
}
