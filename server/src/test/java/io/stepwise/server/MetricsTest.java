package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code GET /metrics} in Prometheus's text format. */
final class MetricsTest {

  @Test
  void countsExecutionsByMachineAndRequestsByAction() throws IOException, InterruptedException {
    var config = ServerConfig.builder().build();
    try (var server = new StepwiseServer(config)) {
      var port = server.start();
      new CoverageProbe(port).errorOf(Json.nodes().objectNode().put("Type", "Pass"));

      assertThat(metrics(port))
          .contains(
              "stepwise_executions_started_total{state_machine=\"probe0\",type=\"STANDARD\"} 1",
              "stepwise_executions_succeeded_total{state_machine=\"probe0\",type=\"STANDARD\"} 1",
              "stepwise_executions_failed_total{state_machine=\"probe0\",type=\"STANDARD\"} 0",
              "stepwise_execution_duration_seconds_count{state_machine=\"probe0\",type=\"STANDARD\"} 1",
              "stepwise_api_requests_total{action=\"StartExecution\",code=\"200\"} 1",
              "stepwise_queue_depth 0");
    }
  }

  private static String[] metrics(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().split("\n", -1);
    }
  }
}
