package io.stepwise.server;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running server what it does. */
final class CoverageProbe {
  private static final String ROLE = "arn:aws:iam::123456789012:role/any";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;
  private int machines;

  CoverageProbe(int port) {
    endpoint = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Whether the server knows an operation; the request is refused for other reasons. */
  boolean answers(String operation) throws IOException, InterruptedException {
    var answer = call(operation, Json.nodes().objectNode().put("definition", "{}"));
    return !answer.path("__type").asString("").endsWith("UnknownOperationException");
  }

  /** The error with which an execution of a machine of one state fails, or "" where it succeeds. */
  String errorOf(ObjectNode state) throws IOException, InterruptedException {
    var definition = Json.nodes().objectNode().put("StartAt", "S");
    definition.putObject("States").set("S", state.put("End", true));
    var machine =
        call(
                "CreateStateMachine",
                Json.nodes()
                    .objectNode()
                    .put("name", "probe" + machines++)
                    .put("roleArn", ROLE)
                    .put("definition", Json.print(definition)))
            .path("stateMachineArn");
    var started =
        call(
            "StartExecution",
            Json.nodes().objectNode().put("stateMachineArn", machine.asString("")));
    var execution =
        Json.nodes().objectNode().put("executionArn", started.path("executionArn").asString(""));
    while (true) {
      var answer = call("DescribeExecution", execution);
      if (!answer.has("status")) {
        throw new AssertionError("Expected an execution of " + state + ", but: " + started);
      }
      if (!answer.path("status").asString("").equals("RUNNING")) {
        return answer.path("error").asString("");
      }
    }
  }

  JsonNode call(String operation, ObjectNode input) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(HttpRequest.BodyPublishers.ofString(Json.print(input)))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return Json.parseTrusted(answer.body());
  }
}
