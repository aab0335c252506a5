package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /metrics} in Prometheus's text format. */
final class MetricsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void countsExecutionsByMachineAndRequestsByAction() throws IOException, InterruptedException {
    var config = ServerConfig.builder().build();
    try (var server = new StepwiseServer(config)) {
      var port = server.start();
      new CoverageProbe(port).errorOf(Json.nodes().objectNode().put("Type", "Pass"));

      assertThat(metrics(port))
          .contains(
              "stepwise_executions_started_total{state_machine=\"probe0\",type=\"STANDARD\"} 1.0",
              "stepwise_executions_succeeded_total{state_machine=\"probe0\",type=\"STANDARD\"} 1.0",
              "stepwise_executions_failed_total{state_machine=\"probe0\",type=\"STANDARD\"} 0.0",
              "stepwise_execution_duration_seconds_count{state_machine=\"probe0\",type=\"STANDARD\"} 1",
              "stepwise_api_requests_total{action=\"StartExecution\",code=\"200\"} 1.0",
              "stepwise_queue_depth 0.0");
    }
  }

  @Test
  void countsTasksByWhatDoesThem() throws IOException, InterruptedException {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();
      var probe = new CoverageProbe(port);
      probe.errorOf(
          Json.nodes()
              .objectNode()
              .put("Type", "Task")
              .put("Resource", "arn:aws:lambda:us-east-1:123456789012:function:echo"));
      var wait = Json.nodes().objectNode().put("Type", "Task").put("TimeoutSeconds", 1);
      wait.put("Resource", "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
      wait.putObject("Parameters").put("QueueUrl", "q").put("MessageBody.$", "$$.Task.Token");
      probe.errorOf(wait);

      assertThat(metrics(port))
          .contains(
              "stepwise_lambda_functions_scheduled_total{function=\"echo\"} 1.0",
              "stepwise_lambda_functions_failed_total{function=\"echo\"} 1.0",
              "stepwise_lambda_functions_succeeded_total{function=\"echo\"} 0.0",
              "stepwise_lambda_function_duration_seconds_count{function=\"echo\"} 1",
              "stepwise_service_integrations_scheduled_total{integration=\"sqs:sendMessage.waitForTaskToken\"} 1.0");
    }
  }

  @Test
  void runningIsRightAfterARestart() throws IOException, InterruptedException {
    var config = ServerConfig.builder().dataFolder(Optional.of(folder.resolve("data"))).build();
    var running = "stepwise_executions_running{state_machine=\"waiting\",type=\"STANDARD\"} ";
    try (var server = new StepwiseServer(config)) {
      var port = server.start();
      var probe = new CoverageProbe(port);
      probe.errorOf(Json.nodes().objectNode().put("Type", "Pass"));
      var machine = waiting(probe);
      start(probe, machine);
      stop(probe, start(probe, machine));
      start(probe, machine);

      assertThat(metrics(port)).contains(running + "2.0");
    }

    try (var server = new StepwiseServer(config)) {
      var port = server.start();

      assertThat(metrics(port))
          .contains(running + "2.0")
          .noneMatch(line -> line.startsWith("stepwise_executions_running{state_machine=\"probe0"));
    }
  }

  @Test
  void everyFigureSaysWhatItIs() throws IOException, InterruptedException {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();
      new CoverageProbe(port).errorOf(Json.nodes().objectNode().put("Type", "Pass"));

      var described = "";
      for (var line : metrics(port)) {
        if (line.startsWith("# HELP ")) {
          described = line.split(" ", -1)[2];
        } else if (line.startsWith("# TYPE ")) {
          assertThat(line).startsWith("# TYPE " + described + " ");
        } else if (!line.isEmpty()) {
          assertThat(line).startsWith(described).matches("\\S+(\\{.*})? -?[0-9.E-]+");
        }
      }
    }
  }

  private static String waiting(CoverageProbe probe) throws IOException, InterruptedException {
    var definition =
        """
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 86400, "End": true}}}
        """;
    return probe
        .call(
            "CreateStateMachine",
            Json.nodes()
                .objectNode()
                .put("name", "waiting")
                .put("roleArn", "arn:aws:iam::123456789012:role/any")
                .put("definition", definition))
        .path("stateMachineArn")
        .asString("");
  }

  private static String start(CoverageProbe probe, String machine)
      throws IOException, InterruptedException {
    return probe
        .call("StartExecution", Json.nodes().objectNode().put("stateMachineArn", machine))
        .path("executionArn")
        .asString("");
  }

  private static void stop(CoverageProbe probe, String execution)
      throws IOException, InterruptedException {
    probe.call("StopExecution", Json.nodes().objectNode().put("executionArn", execution));
  }

  private static String[] metrics(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().split("\n", -1);
    }
  }
}
