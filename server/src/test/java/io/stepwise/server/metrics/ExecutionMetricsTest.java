package io.stepwise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExecutionMetricsTest {
  @Test
  void stateMachinesBeyondAThousandCountTogether() {
    var metrics = new ExecutionMetrics();
    for (var i = 0; i < 1_200; i++) {
      metrics.figures("m" + i, "STANDARD").started.increment();
    }
    metrics.figures("m7", "STANDARD").started.increment();

    var text = new StringBuilder();
    metrics.write(text);
    assertThat(text.toString().split("\n", -1))
        .contains(
            "stepwise_executions_started_total{state_machine=\"m7\",type=\"STANDARD\"} 2",
            "stepwise_executions_started_total{state_machine=\"*\",type=\"STANDARD\"} 200")
        .doesNotContain(
            "stepwise_executions_started_total{state_machine=\"m1100\",type=\"STANDARD\"} 1");
  }
}
