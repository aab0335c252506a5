package io.stepwise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExecutionMetricsTest {
  @Test
  void stateMachinesBeyondAThousandCountTogether() {
    var metrics = new ExecutionMetrics();
    for (var i = 0; i < 1_200; i++) {
      metrics.figures("m" + i, "STANDARD").started.increment();
    }
    metrics.figures("m7", "STANDARD").started.increment();

    assertThat(lines(metrics))
        .contains(
            "stepwise_executions_started_total{state_machine=\"m7\",type=\"STANDARD\"} 2.0",
            "stepwise_executions_started_total{state_machine=\"*\",type=\"STANDARD\"} 200.0")
        .doesNotContain(
            "stepwise_executions_started_total{state_machine=\"m1100\",type=\"STANDARD\"} 1.0");
  }

  @Test
  void aNameIsNeverMoreThanTheValueOfALabel() {
    var metrics = new ExecutionMetrics();
    metrics.figures("a\nstepwise_fake 42\nx\"} 1 \\", "STANDARD").started.increment();

    assertThat(lines(metrics))
        .noneMatch(line -> line.startsWith("stepwise_fake"))
        .contains(
            "stepwise_executions_started_total{state_machine="
                + "\"a\\nstepwise_fake 42\\nx\\\"} 1 \\\\\",type=\"STANDARD\"} 1.0");
  }

  private static String[] lines(ExecutionMetrics metrics) {
    var text = Exposition.print(PrometheusTextFormatWriter.create(), metrics::addTo);
    return new String(text, StandardCharsets.UTF_8).split("\n", -1);
  }
}
