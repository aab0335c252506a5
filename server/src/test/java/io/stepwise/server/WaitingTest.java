package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /_stepwise/waiting}: what waits for somebody from outside. */
final class WaitingTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/any";

  private final StepwiseServer server = new StepwiseServer(ServerConfig.builder().build());
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private CoverageProbe probe = new CoverageProbe(0);

  @BeforeEach
  void start() throws IOException {
    port = server.start();
    probe = new CoverageProbe(port);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_stepwise/" + path))
            .header("X-Stepwise-Admin", "test")
            .build();
    return Json.parseTrusted(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private List<JsonNode> waiting() throws IOException, InterruptedException {
    var all = new ArrayList<JsonNode>();
    var after = "";
    do {
      var page = ask("waiting" + after);
      page.path("tasks").forEach(all::add);
      after = page.path("next").isString() ? "?after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());
    return all;
  }

  private String activity() throws IOException, InterruptedException {
    return probe
        .call("CreateActivity", Json.nodes().objectNode().put("name", "by-hand"))
        .path("activityArn")
        .asString("");
  }

  private String machine(String name, String resource) throws IOException, InterruptedException {
    var definition = Json.nodes().objectNode().put("StartAt", "Ask");
    definition
        .putObject("States")
        .putObject("Ask")
        .put("Type", "Task")
        .put("Resource", resource)
        .put("HeartbeatSeconds", 600)
        .put("End", true);
    return probe
        .call(
            "CreateStateMachine",
            Json.nodes()
                .objectNode()
                .put("name", name)
                .put("roleArn", ROLE)
                .put("definition", Json.print(definition)))
        .path("stateMachineArn")
        .asString("");
  }

  private void start(String machine, int count) throws IOException, InterruptedException {
    for (var i = 0; i < count; i++) {
      probe.call("StartExecution", Json.nodes().objectNode().put("stateMachineArn", machine));
    }
  }

  @Test
  void tasksOfActivitiesAreToldWithWhoTookThem() throws Exception {
    var arn = activity();
    start(machine("two", arn), 2);
    probe.call(
        "GetActivityTask",
        Json.nodes().objectNode().put("activityArn", arn).put("workerName", "anna"));

    var tasks = waiting();

    assertThat(tasks)
        .hasSize(2)
        .allMatch(task -> task.path("kind").asString("").equals("activity"));
    assertThat(tasks).filteredOn(task -> task.path("taken").asBoolean(false)).hasSize(1);
    var taken = tasks.stream().filter(task -> task.path("taken").asBoolean(false)).findFirst();
    assertThat(taken.orElseThrow().path("worker").asString("")).isEqualTo("anna");
    assertThat(taken.orElseThrow().path("enteredEvent").asInt(0)).isEqualTo(2);
    assertThat(taken.orElseThrow().path("heartbeatSeconds").asInt(0)).isEqualTo(600);
    assertThat(taken.orElseThrow().has("taskToken")).isFalse();
    var queue = ask("waiting/activities").path("activities").path(0);
    assertThat(queue.path("activityArn").asString("")).isEqualTo(arn);
    assertThat(queue.path("waiting").asInt(0)).isEqualTo(1);
    assertThat(queue.path("polling").asInt(-1)).isZero();
  }

  @Test
  void aTokenThatWaitsIsToldAndCanBeAnswered() throws Exception {
    var child = machine("child", activity());
    var definition = Json.nodes().objectNode().put("StartAt", "Approve");
    var state = definition.putObject("States").putObject("Approve").put("Type", "Task");
    state.put("Resource", "arn:aws:states:::states:startExecution.waitForTaskToken");
    state.put("End", true);
    var parameters = state.putObject("Parameters").put("StateMachineArn", child);
    parameters.putObject("Input").put("token.$", "$$.Task.Token");
    var parent =
        probe
            .call(
                "CreateStateMachine",
                Json.nodes()
                    .objectNode()
                    .put("name", "approval")
                    .put("roleArn", ROLE)
                    .put("definition", Json.print(definition)))
            .path("stateMachineArn")
            .asString("");
    start(parent, 1);

    var tokens = waiting().stream().filter(task -> task.has("taskToken")).toList();
    assertThat(tokens).hasSize(1);
    var task = tokens.getFirst();
    assertThat(task.path("state").asString("")).isEqualTo("Approve");
    assertThat(task.path("resource").asString("")).isEqualTo("states:startExecution");
    assertThat(task.path("stateMachineArn").asString("")).isEqualTo(parent);

    var answer = Json.nodes().objectNode().put("taskToken", task.path("taskToken").asString(""));
    probe.call("SendTaskSuccess", answer.put("output", "{}"));
    assertThat(waiting()).noneMatch(left -> left.has("taskToken"));
  }

  @Test
  void pagesGoOnWhereTheyEnded() throws Exception {
    start(machine("many", activity()), 1_100);

    var first = ask("waiting");
    assertThat(first.path("tasks")).hasSize(1_000);
    assertThat(first.path("next").isString()).isTrue();
    assertThat(waiting().stream().map(task -> task.path("executionArn").asString("")))
        .hasSize(1_100)
        .doesNotHaveDuplicates();
    assertThat(ask("waiting?after=rubbish").path("tasks")).hasSize(1_000);
  }

  @Test
  void whatWaitsForNobodyIsNotThere() throws Exception {
    probe.errorOf(Json.nodes().objectNode().put("Type", "Pass"));

    assertThat(waiting()).isEmpty();
    assertThat(ask("waiting/activities").path("activities")).isEmpty();
  }
}
