package io.stepwise.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Executions are logged as their state machines say, once each, also over a crash. */
final class ExecutionRecordsTest {
  private static final String GROUP = "/aws/vendedlogs/states/m";
  private static final String FAILING =
      """
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "F"},
        "F": {"Type": "Fail", "Error": "Boom", "Cause": "because"}}}""";

  @TempDir private Path folder = Path.of("");

  /** A server and a way to ask it. */
  private static final class Api implements AutoCloseable {
    private final StepwiseServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    Api(Optional<Path> data) throws IOException {
      server = new StepwiseServer(ServerConfig.builder().port(0).dataFolder(data).build());
      port = server.start();
    }

    JsonNode logs(String operation, ObjectNode input) throws Exception {
      return ask("Logs_20140328." + operation, input);
    }

    JsonNode states(String operation, ObjectNode input) throws Exception {
      return ask("AWSStepFunctions." + operation, input);
    }

    private JsonNode ask(String target, ObjectNode input) throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
              .header("X-Amz-Target", target)
              .POST(HttpRequest.BodyPublishers.ofString(Json.print(input)))
              .build();
      return Json.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    void createGroup() throws Exception {
      logs("CreateLogGroup", object().put("logGroupName", GROUP));
    }

    JsonNode createMachine(String type, String level, boolean withData) throws Exception {
      var input = object().put("name", "m").put("roleArn", "arn:aws:iam::123456789012:role/r");
      input.put("definition", FAILING).put("type", type);
      var logging = input.putObject("loggingConfiguration");
      logging.put("level", level).put("includeExecutionData", withData);
      logging
          .putArray("destinations")
          .addObject()
          .putObject("cloudWatchLogsLogGroup")
          .put("logGroupArn", "arn:aws:logs:us-east-1:123456789012:log-group:" + GROUP + ":*");
      return states("CreateStateMachine", input);
    }

    void start() throws Exception {
      states(
          "StartExecution",
          object()
              .put("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:m")
              .put("input", "{\"a\":1}"));
    }

    /** The records, once there are so many. */
    List<JsonNode> records(int count) throws Exception {
      var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      List<JsonNode> found = new ArrayList<>();
      while (found.size() < count && System.nanoTime() < end) {
        found.clear();
        var answer = logs("FilterLogEvents", object().put("logGroupName", GROUP));
        for (var event : answer.path("events")) {
          assertThat(event.path("logStreamName").asString("")).matches("states/m/.{13}/.{8}");
          found.add(Json.parse(event.path("message").asString("")));
        }
      }
      return found;
    }

    @Override
    public void close() {
      http.close();
      server.close();
    }
  }

  private static ObjectNode object() {
    return Json.nodes().objectNode();
  }

  private static List<String> types(List<JsonNode> records) {
    return records.stream().map(record -> record.path("type").asString("")).toList();
  }

  @Test
  void everyEventIsARecordWhereAllAreAskedFor() throws Exception {
    try (var api = new Api(Optional.empty())) {
      api.createGroup();
      api.createMachine("STANDARD", "ALL", true);
      api.start();

      var records = api.records(5);
      assertThat(types(records))
          .containsExactly(
              "ExecutionStarted",
              "PassStateEntered",
              "PassStateExited",
              "FailStateEntered",
              "ExecutionFailed");
      var entered = records.get(1);
      assertThat(entered.path("id").stringValue()).isEqualTo("2");
      assertThat(entered.path("previous_event_id").stringValue()).isEqualTo("0");
      assertThat(entered.path("redrive_count").stringValue()).isEqualTo("0");
      assertThat(Json.print(entered.path("details")))
          .isEqualTo(
              "{\"name\":\"A\",\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"truncated\":false}}");
    }
  }

  @Test
  void expressExecutionsAreLoggedWithoutDataWhereNoneIsAskedFor() throws Exception {
    try (var api = new Api(Optional.empty())) {
      api.createGroup();
      api.createMachine("EXPRESS", "ERROR", false);
      api.start();

      var records = api.records(2);
      assertThat(types(records)).containsExactly("FailStateEntered", "ExecutionFailed");
      assertThat(Json.print(records.get(0).path("details"))).isEqualTo("{\"name\":\"F\"}");
      assertThat(Json.print(records.get(1).path("details")))
          .isEqualTo("{\"error\":\"Boom\",\"cause\":\"because\"}");
    }
  }

  @Test
  void aGroupThatIsNotThereIsRefused() throws Exception {
    try (var api = new Api(Optional.empty())) {
      assertThat(api.createMachine("STANDARD", "ALL", true).path("__type").asString(""))
          .endsWith("InvalidLoggingConfiguration");
    }
  }

  @Test
  void whatACrashTookIsLoggedAgainAndOnlyOnce() throws Exception {
    try (var api = new Api(Optional.of(folder))) {
      api.createGroup();
      api.createMachine("STANDARD", "ALL", false);
      api.start();
      assertThat(api.records(5)).hasSize(5);
    }
    var lost = folder.resolve("logs");
    try (var files = Files.walk(lost)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    try (var api = new Api(Optional.of(folder))) {
      api.createGroup();
    }

    for (var start = 0; start < 2; start++) {
      try (var api = new Api(Optional.of(folder))) {
        assertThat(types(api.records(5)))
            .containsExactly(
                "ExecutionStarted",
                "PassStateEntered",
                "PassStateExited",
                "FailStateEntered",
                "ExecutionFailed");
      }
    }
  }
}
