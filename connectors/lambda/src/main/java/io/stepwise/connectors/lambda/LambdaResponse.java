package io.stepwise.connectors.lambda;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Functions;
import io.stepwise.integration.SdkMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of Lambda, read as Step Functions reads it: the function's result, its error, or the
 * service's refusal.
 */
final class LambdaResponse {
  private final Functions.@Nullable Answer response;
  private final ConnectorOutcome.@Nullable Failure failure;
  private final @Nullable Payload payload;
  private final @Nullable String errorPayload;

  private LambdaResponse(
      Functions.@Nullable Answer response,
      ConnectorOutcome.@Nullable Failure failure,
      @Nullable Payload payload,
      @Nullable String errorPayload) {
    this.response = response;
    this.failure = failure;
    this.payload = payload;
    this.errorPayload = errorPayload;
  }

  static LambdaResponse read(LambdaAnswer answer, FunctionName target, ConnectorRequest request) {
    var response = answer.response();
    if (response == null) {
      return failed(
          "Lambda.SdkClientException",
          "Unable to execute HTTP request: " + reason(answer.failure()));
    }
    var text = new String(response.body(), StandardCharsets.UTF_8);
    if (response.status() >= 300) {
      return refusal(response, text, target, request);
    }
    if (header(response, "X-Amz-Function-Error").isPresent()) {
      return functionError(text);
    }
    try {
      return new LambdaResponse(response, null, text.isEmpty() ? null : Payload.parse(text), null);
    } catch (InvalidJsonException e) {
      // A function may answer with anything; what is no JSON is text.
      return new LambdaResponse(response, null, Payload.of(Json.nodes().stringNode(text)), null);
    }
  }

  /** For a task that names the function: its result, or the very payload of its error as cause. */
  ConnectorOutcome function() {
    if (failure != null) {
      return errorPayload == null
          ? failure
          : new ConnectorOutcome.Failure(failure.error(), errorPayload);
    }
    return new ConnectorOutcome.Success(payload == null ? Payload.NULL : payload);
  }

  /** For {@code lambda:invoke}: its result, and AWS's description of the call. */
  ConnectorOutcome invocation() {
    if (failure != null || response == null) {
      return failure == null ? new ConnectorOutcome.Failure("Lambda.Unknown", "") : failure;
    }
    var result = Json.nodes().objectNode();
    header("X-Amz-Executed-Version")
        .or(() -> response.status() == 200 ? Optional.of("$LATEST") : Optional.empty())
        .ifPresent(version -> result.put("ExecutedVersion", version));
    header("X-Amz-Log-Result").ifPresent(log -> result.put("LogResult", log));
    if (payload != null) {
      result.set("Payload", payload.tree());
    }
    SdkMetadata.put(
        result, shownHeaders(response), response.status(), header("x-amzn-RequestId").orElse(""));
    result.put("StatusCode", response.status());
    return new ConnectorOutcome.Success(Payload.of(result));
  }

  private Optional<String> header(String name) {
    return response == null ? Optional.empty() : header(response, name);
  }

  private static Optional<String> header(Functions.Answer response, String name) {
    var exact = response.headers().get(name);
    return exact != null
        ? Optional.of(exact)
        : response.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static Map<String, String> shownHeaders(Functions.Answer response) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers());
    headers.putIfAbsent("Connection", "keep-alive");
    return headers;
  }

  /** What the function threw, under the name it threw it by. */
  private static LambdaResponse functionError(String text) {
    try {
      var tree = Json.parse(text);
      var type = tree.path("errorType");
      if (type.isString() && !type.stringValue().isEmpty()) {
        var failure = new ConnectorOutcome.Failure(type.stringValue(), Json.print(tree));
        return new LambdaResponse(null, failure, null, text);
      }
    } catch (InvalidJsonException e) {
      // Reported as unknown below: the runtime gave no error type.
    }
    return failed(
        "Lambda.Unknown",
        "The cause could not be determined because Lambda did not return an error type. Returned"
            + " payload: "
            + text);
  }

  /** What the service refused, in the words of AWS's SDK. */
  private static LambdaResponse refusal(
      Functions.Answer response, String text, FunctionName target, ConnectorRequest request) {
    var code = errorCode(response, text);
    var message = message(text);
    if (message.isEmpty() && response.status() == 404) {
      message = "Function not found: " + target.arn(request.location());
    }
    var requestId = header(response, "x-amzn-RequestId").orElse("");
    return failed(
        "Lambda." + (code.isEmpty() ? "AWSLambdaException" : code),
        refused(message, response.status(), code, requestId));
  }

  /** A refusal of the service as AWS's SDK words it. */
  static String refused(String message, int status, String code, String requestId) {
    return message
        + " (Service: AWSLambda; Status Code: "
        + status
        + "; Error Code: "
        + code
        + "; Request ID: "
        + requestId
        + "; Proxy: null)";
  }

  private static String errorCode(Functions.Answer response, String text) {
    var header = header(response, "x-amzn-ErrorType");
    if (header.isPresent()) {
      var name = header.get();
      var colon = name.indexOf(':');
      return colon < 0 ? name : name.substring(0, colon);
    }
    var code = object(text).path("__type").asString("");
    return code.substring(code.indexOf('#') + 1);
  }

  private static String message(String text) {
    var object = object(text);
    return object.path("Message").asString(object.path("message").asString(""));
  }

  private static ObjectNode object(String text) {
    try {
      return Json.parse(text) instanceof ObjectNode object ? object : Json.nodes().objectNode();
    } catch (InvalidJsonException e) {
      return Json.nodes().objectNode();
    }
  }

  private static String reason(@Nullable Throwable failure) {
    var message = failure == null ? null : failure.getMessage();
    return message == null ? String.valueOf(failure) : message;
  }

  private static LambdaResponse failed(String error, String cause) {
    return new LambdaResponse(null, new ConnectorOutcome.Failure(error, cause), null, null);
  }
}
