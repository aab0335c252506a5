package io.stepwise.cli;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API of a running server, Step Functions' and Stepwise's own, over plain HTTP. */
final class SfnApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  SfnApi(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** What the server said no with. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Calls an operation.
   *
   * <p>Errors: {@link Refused} with the server's words, or where it is another kind of server.
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
    var tree = tree(answer);
    if (answer.statusCode() == 200) {
      return tree;
    }
    if (!tree.has("__type")) {
      throw another(answer);
    }
    var code = tree.path("__type").asString("").replaceFirst("^.*#", "");
    throw new Refused(code + ": " + tree.path("message").asString(""));
  }

  /**
   * Has Stepwise administer itself; returns the answer's member of that name.
   *
   * <p>Errors: {@link Refused} with the server's words, or where it is no Stepwise: only an answer
   * with that member is a success.
   */
  String administer(String what, ObjectNode input, String member)
      throws IOException, InterruptedException, Refused {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/_stepwise/" + what))
            .header("X-Stepwise-Admin", "stepwise " + what)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.print(input)))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    var tree = tree(answer);
    var value = tree.path(answer.statusCode() == 200 ? member : "message").asString("");
    if (value.isEmpty()) {
      throw another(answer);
    }
    if (answer.statusCode() != 200) {
      throw new Refused(value);
    }
    return value;
  }

  private JsonNode tree(HttpResponse<String> answer) throws Refused {
    try {
      var tree = Json.parse(answer.body());
      if (tree.isObject()) {
        return tree;
      }
    } catch (InvalidJsonException e) {
      throw another(answer);
    }
    throw another(answer);
  }

  private Refused another(HttpResponse<String> answer) {
    var type = answer.headers().firstValue("Content-Type").map(text -> ", " + text).orElse("");
    return new Refused(
        "Expected a Stepwise server at %s, but what answers there is none (status %d%s). Name the server with --endpoint-url."
            .formatted(endpoint, answer.statusCode(), type));
  }

  @Override
  public void close() {
    http.close();
  }
}
