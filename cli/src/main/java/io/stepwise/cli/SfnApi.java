package io.stepwise.cli;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API of a running server, Step Functions' and Stepwise's own, over plain HTTP. */
final class SfnApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A function may take 15 minutes. */
  private static final Duration CALL_PATIENCE = Duration.ofMinutes(16);

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
    return call("AWSStepFunctions." + operation, "application/x-amz-json-1.0", input);
  }

  /**
   * Asks CloudWatch Logs, and for all pages of its answer.
   *
   * <p>Errors: {@link Refused} with the server's words, or where it is another kind of server.
   */
  void logs(String operation, ObjectNode input, Consumer<JsonNode> page)
      throws IOException, InterruptedException, Refused {
    var token = "";
    do {
      if (!token.isEmpty()) {
        input.put("nextToken", token);
      }
      var answer = call("Logs_20140328." + operation, "application/x-amz-json-1.1", input);
      page.accept(answer);
      token = answer.path("nextToken").asString("");
    } while (!token.isEmpty());
  }

  private JsonNode call(String target, String contentType, ObjectNode input)
      throws IOException, InterruptedException, Refused {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("X-Amz-Target", target)
            .header("Content-Type", contentType)
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

  /**
   * Asks Lambda's API, below its functions.
   *
   * <p>Errors: {@link Refused} with the server's words, or where it is another kind of server.
   */
  HttpResponse<String> lambda(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException, Refused {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/2015-03-31/functions" + path))
            .timeout(CALL_PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 200) {
      return answer;
    }
    var code = answer.headers().firstValue("x-amzn-ErrorType").orElseThrow(() -> another(answer));
    var tree = tree(answer);
    throw new Refused(
        code + ": " + tree.path("Message").asString(tree.path("message").asString("")));
  }

  /** The object that an answer is. */
  JsonNode json(HttpResponse<String> answer) throws Refused {
    return tree(answer);
  }

  /** Text as a part of a URL. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
