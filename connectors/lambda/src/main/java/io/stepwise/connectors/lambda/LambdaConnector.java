package io.stepwise.connectors.lambda;

import io.stepwise.edge.HttpClient;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Invokes Lambda functions over HTTP: {@code POST /2015-03-31/functions/NAME/invocations}.
 *
 * <p>A task that names a function gets the function's result; {@code lambda:invoke} gets AWS's
 * description of the call around it. No thread waits for a slow function.
 */
public final class LambdaConnector implements Connector {
  /** Longest a function may take. Source: Lambda's own limit. */
  private static final Duration INVOCATION_MAX = Duration.ofMinutes(15).plusSeconds(10);

  /** The parameters of {@code lambda:invoke} that are text, in the order they are checked. */
  private static final List<String> TEXT_PARAMETERS =
      List.of("FunctionName", "InvocationType", "LogType", "ClientContext", "Qualifier");

  private final Optional<URI> endpoint;
  private final HttpClient http;

  /**
   * A connector to the Invoke API at {@code endpoint}.
   *
   * @param endpoint empty: every task fails with a sentence that says what to set
   */
  public LambdaConnector(Optional<URI> endpoint, HttpClient http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  @Override
  public boolean supports(String service, String action) {
    return service.equals("lambda") && (action.equals("function") || action.equals("invoke"));
  }

  @Override
  public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    if (request.action().equals("function")) {
      if (endpoint.isEmpty()) {
        return unreachable();
      }
      var target = FunctionName.of(request.resourceArn(), Optional.empty());
      var refusal = InvokeConstraints.refusal(target, Json.nodes().objectNode());
      if (refusal.isPresent()) {
        return CompletableFuture.completedFuture(refusal.get());
      }
      return call(request, target, request.parameters().text(), Map.of())
          .thenApply(response -> LambdaResponse.read(response, target, request).function());
    }
    return invokeAction(request);
  }

  private CompletableFuture<ConnectorOutcome> invokeAction(ConnectorRequest request) {
    var parameters = request.parameters().tree();
    for (var field : TEXT_PARAMETERS) {
      var value = parameters.path(field);
      if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
        return failed(
            "States.Runtime",
            "The Parameters '"
                + request.parameters().text()
                + "' could not be used to start the Task: [The value for the field '"
                + field
                + "' must be a STRING]");
      }
    }
    var name = parameters.path("FunctionName");
    if (!name.isString() || name.stringValue().isEmpty()) {
      return failed(
          "States.Runtime",
          "The Parameters '"
              + request.parameters().text()
              + "' could not be used to start the Task: [The field 'FunctionName' is required but"
              + " was missing]");
    }
    if (endpoint.isEmpty()) {
      return unreachable();
    }
    var target = FunctionName.of(name.stringValue(), text(parameters, "Qualifier"));
    var refusal = InvokeConstraints.refusal(target, parameters);
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    var headers = new HashMap<String, String>();
    text(parameters, "InvocationType")
        .ifPresent(value -> headers.put("X-Amz-Invocation-Type", value));
    text(parameters, "LogType").ifPresent(value -> headers.put("X-Amz-Log-Type", value));
    text(parameters, "ClientContext")
        .ifPresent(value -> headers.put("X-Amz-Client-Context", value));
    var payload = parameters.path("Payload");
    // To the SDK inside Step Functions null is no payload at all: the function gets {}.
    var body =
        payload.isMissingNode() || payload.isNull() ? "" : Payload.handedOver(payload).text();
    return call(request, target, body, headers)
        .thenApply(response -> LambdaResponse.read(response, target, request).invocation());
  }

  private static CompletableFuture<ConnectorOutcome> unreachable() {
    return failed(
        "Lambda.SdkClientException",
        "Stepwise knows no Lambda endpoint: set AWS_ENDPOINT_URL_LAMBDA (or LAMBDA_ENDPOINT) to"
            + " where Lambda's Invoke API answers.");
  }

  private CompletableFuture<LambdaAnswer> call(
      ConnectorRequest request, FunctionName target, String body, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("amz-sdk-invocation-id", request.idempotencyId());
    var path =
        "/2015-03-31/functions/"
            + URLEncoder.encode(target.name(), StandardCharsets.UTF_8)
            + "/invocations"
            + target
                .qualifier()
                .map(value -> "?Qualifier=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .orElse("");
    var timeout =
        request
            .timeout()
            .map(limit -> limit.plusSeconds(5))
            .filter(limit -> limit.compareTo(INVOCATION_MAX) < 0)
            .orElse(INVOCATION_MAX);
    return http.send(
            "POST",
            endpoint.orElseThrow().resolve(path),
            headers,
            body.getBytes(StandardCharsets.UTF_8),
            timeout)
        .handle(LambdaAnswer::of);
  }

  private static Optional<String> text(JsonNode parameters, String name) {
    var value = parameters.path(name);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static CompletableFuture<ConnectorOutcome> failed(String error, String cause) {
    return CompletableFuture.completedFuture(new ConnectorOutcome.Failure(error, cause));
  }
}
