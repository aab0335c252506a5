package io.stepwise.connectors.lambda;

import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Functions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Invokes Lambda functions, wherever they run.
 *
 * <p>A task that names a function gets the function's result; {@code lambda:invoke} gets AWS's
 * description of the call around it.
 */
public final class LambdaConnector implements Connector {
  /** The parameters of {@code lambda:invoke} that are text, in the order they are checked. */
  private static final List<String> TEXT_PARAMETERS =
      List.of("FunctionName", "InvocationType", "LogType", "ClientContext", "Qualifier");

  private final Functions functions;

  /** A connector to functions; where there are none, every task says what to set. */
  public LambdaConnector(Functions functions) {
    this.functions = functions;
  }

  @Override
  public boolean supports(String service, String action) {
    return service.equals("lambda") && (action.equals("function") || action.equals("invoke"));
  }

  @Override
  public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    if (request.action().equals("function")) {
      if (!functions.isThere()) {
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
    if (!functions.isThere()) {
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
      ConnectorRequest request, FunctionName target, String body, Map<String, String> headers) {
    return functions
        .invoke(
            new Functions.Invocation(
                target.name(),
                target.qualifier(),
                body.getBytes(StandardCharsets.UTF_8),
                headers,
                request.timeout(),
                request.location(),
                request.idempotencyId()))
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
