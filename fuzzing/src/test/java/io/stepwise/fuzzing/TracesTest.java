package io.stepwise.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
  @Test
  void forgedMetricsAreFound() {
    assertThat(
            Traces.brokenMetrics(
                List.of(
                    "# HELP stepwise_x A figure",
                    "# TYPE stepwise_x counter",
                    "stepwise_x_total{function=\"a\\nb\\\"c\\\\\"} 1.0",
                    "jvm_threads_current 12.0",
                    "")))
        .isEmpty();
    assertThat(Traces.brokenMetrics(List.of("stepwise_x{function=\"a"))).isPresent();
    assertThat(Traces.brokenMetrics(List.of("forged 42"))).isPresent();
    assertThat(Traces.brokenMetrics(List.of("x\"} 1"))).isPresent();
  }

  @Test
  void forgedLinesOfTheLogAreFound() {
    assertThat(
            Traces.brokenLog(
                List.of(
                    "2026-11-26T22:50:10.513Z INFO  i.s.s.StepwiseServer started version=0.1.0",
                    "java.lang.IllegalStateException: broken",
                    "    at io.stepwise.X.y(X.java:1)",
                    "Caused by: java.io.IOException: x")))
        .isEmpty();
    assertThat(Traces.brokenLog(List.of("forged"))).isPresent();
    assertThat(Traces.brokenLog(List.of("2026-11-26T22:50:10.513Z INFO  a.B \u001b[2J")))
        .isPresent();
  }
}
