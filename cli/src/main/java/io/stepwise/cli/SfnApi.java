package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Step Functions API of a running server, over plain HTTP. */
final class SfnApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  SfnApi(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** What the server said no with. */
  static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  /**
   * Calls an operation.
   *
   * <p>Errors: {@link Refused} with the server's words.
   */
  JsonNode call(String operation, ObjectNode input)
      throws IOException, InterruptedException, Refused {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(Json.print(input)))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    var tree = Json.parseTrusted(answer.body());
    if (answer.statusCode() != 200) {
      var code = tree.path("__type").asString("").replaceFirst("^.*#", "");
      throw new Refused(code + ": " + tree.path("message").asString(""));
    }
    return tree;
  }

  @Override
  public void close() {
    http.close();
  }
}
