package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ModelOperation;
import io.stepwise.aws.model.ModelShape;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.expression.Json;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation of a service, from parameters to a request and from an answer to a result.
 *
 * @param service the service
 * @param operation one of its operations
 */
public record ServiceCodec(ServiceModel service, ModelOperation operation) {

  /**
   * The request of a task's parameters.
   *
   * <p>Errors: {@link BadParameters} where they make none.
   *
   * @param tokens gives idempotency tokens that the parameters lack
   */
  public WireRequest request(JsonNode given, Supplier<String> tokens) {
    var parameters = withTokens(given, tokens);
    return switch (service.protocol()) {
      case JSON -> json(parameters);
      case QUERY, EC2 -> {
        var request = new WireRequest("POST");
        request.body(
            FormBodies.write(service, operation, parameters),
            "application/x-www-form-urlencoded; charset=utf-8");
        yield request;
      }
      case REST_JSON, REST_XML -> new RestBindings(service, operation).write(parameters);
    };
  }

  private JsonNode withTokens(JsonNode given, Supplier<String> tokens) {
    var missing =
        operation.input().map(ModelShape::members).stream()
            .flatMap(List::stream)
            .filter(member -> member.isIdempotencyToken() && !given.has(member.key()))
            .toList();
    if (missing.isEmpty()) {
      return given;
    }
    var all = Json.nodes().objectNode();
    given.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    missing.forEach(member -> all.put(member.key(), tokens.get()));
    return all;
  }

  private WireRequest json(JsonNode parameters) {
    var request = new WireRequest("POST");
    var prefix = service.targetPrefix();
    request
        .headers()
        .put("X-Amz-Target", prefix.isEmpty() ? operation.name() : prefix + "." + operation.name());
    if (service.isQueryCompatible()) {
      request.headers().put("x-amzn-query-mode", "true");
    }
    var body =
        operation
            .input()
            .map(shape -> JsonBodies.write(shape, parameters))
            .orElseGet(Json.nodes()::objectNode);
    var version = service.jsonVersion().isEmpty() ? "1.0" : service.jsonVersion();
    request.body(Json.printUtf8(body), "application/x-amz-json-" + version);
    return request;
  }

  /** The result of an answer that is a success. Errors: {@link BadAnswer}. */
  public ObjectNode result(WireResponse response) {
    var result = Json.nodes().objectNode();
    var shape = operation.output();
    if (shape.isEmpty()) {
      return result;
    }
    switch (service.protocol()) {
      case JSON -> {
        if (response.body().length > 0) {
          JsonBodies.read(
              service.dialect(), shape.get(), JsonBodies.parse(response.body()), result);
        }
      }
      case QUERY, EC2 -> {
        if (response.body().length > 0) {
          var root = XmlElement.parse(response.body());
          var wrapper = operation.resultWrapper();
          var inner =
              root.child(wrapper.isEmpty() ? operation.name() + "Result" : wrapper)
                  .orElse(wrapper.isEmpty() ? root : null);
          if (inner != null) {
            XmlResults.read(service.dialect(), shape.get(), inner, result);
          }
        }
      }
      case REST_JSON, REST_XML -> {
        return new RestBindings(service, operation).read(shape.get(), response);
      }
    }
    return result;
  }
}
