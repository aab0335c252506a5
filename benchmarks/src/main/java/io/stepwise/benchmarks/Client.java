package io.stepwise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The few API calls that the benchmarks make themselves, one at a time. */
final class Client {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  /** A state machine by the name that matters to who made it. */
  record Machine(String name, String arn) {}

  Client(String endpoint) {
    this.endpoint = URI.create(endpoint);
  }

  ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  JsonNode call(String operation, JsonNode parameters) {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(parameters.toString()))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(operation + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Moves the virtual clock of the server; returns when all that came due is done. */
  void advanceClock(String duration) {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/_stepwise/clock"))
            .header("X-Stepwise-Admin", "bench")
            .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + duration + "\"}"))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("clock: " + response.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String createStateMachine(String name, String definition) {
    var parameters =
        parameters()
            .put("name", name)
            .put("definition", definition)
            .put("roleArn", "arn:aws:iam::000000000000:role/bench");
    return call("CreateStateMachine", parameters).path("stateMachineArn").stringValue();
  }

  /** Starts an execution, waits for its end, and returns its description. */
  JsonNode run(String stateMachineArn, String input) {
    var arn =
        call(
                "StartExecution",
                parameters().put("stateMachineArn", stateMachineArn).put("input", input))
            .path("executionArn")
            .stringValue();
    while (true) {
      var description = call("DescribeExecution", parameters().put("executionArn", arn));
      if (!description.path("status").stringValue().equals("RUNNING")) {
        return description;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
