package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ServiceModel;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a service refused.
 *
 * @param code on the wire, e.g. {@code ResourceNotFoundException}
 * @param queryCode the older code of a service that had another protocol before; else the code
 * @param message the service's
 * @param status of HTTP
 * @param requestId the service's, or empty
 * @param extendedRequestId S3's second one
 */
public record ServiceFailure(
    String code,
    String queryCode,
    @Nullable String message,
    int status,
    String requestId,
    Optional<String> extendedRequestId) {

  /** Reads an answer that is no success. What is none of the service's own has its status alone. */
  public static ServiceFailure read(ServiceModel service, WireResponse response) {
    return service.protocol().isJson() ? ofJson(service, response) : ofXml(response);
  }

  private static ServiceFailure ofJson(ServiceModel service, WireResponse response) {
    var body = object(response.body());
    var code =
        response
            .header("x-amzn-errortype")
            .or(() -> text(body, "__type"))
            .or(() -> text(body, "code"))
            .map(ServiceFailure::bare)
            .orElse(String.valueOf(response.status()));
    var message =
        text(body, "message")
            .or(() -> text(body, "Message"))
            .or(() -> text(body, "errorMessage"))
            .or(() -> response.header("x-amzn-error-message"));
    var queryCode =
        response
            .header("x-amzn-query-error")
            .filter(text -> service.isQueryCompatible())
            .map(text -> text.split(";", 2)[0])
            .orElse(code);
    return new ServiceFailure(
        code,
        queryCode,
        message.orElse(null),
        response.status(),
        requestId(response).orElse(""),
        response.header("x-amz-id-2"));
  }

  private static ServiceFailure ofXml(WireResponse response) {
    var root = document(response.body());
    var at =
        root.flatMap(element -> element.child("Error"))
            .or(() -> root.flatMap(e -> e.child("Errors")).flatMap(e -> e.child("Error")))
            .or(() -> root);
    var code = at.flatMap(element -> element.textOf("Code"));
    var message =
        at.flatMap(element -> element.textOf("Message").or(() -> element.textOf("message")));
    var requestId =
        requestId(response)
            .or(() -> root.flatMap(element -> element.textOf("RequestId")))
            .or(() -> root.flatMap(element -> element.textOf("RequestID")));
    var host =
        response.header("x-amz-id-2").or(() -> root.flatMap(element -> element.textOf("HostId")));
    var shown = code.orElse(String.valueOf(response.status()));
    return new ServiceFailure(
        shown, shown, message.orElse(null), response.status(), requestId.orElse(""), host);
  }

  private static Optional<XmlElement> document(byte[] body) {
    try {
      return body.length == 0 ? Optional.empty() : Optional.of(XmlElement.parse(body));
    } catch (BadAnswer e) {
      // The words of something that stands before the service.
      return Optional.empty();
    }
  }

  private static Optional<String> requestId(WireResponse response) {
    return response.header("x-amzn-RequestId").or(() -> response.header("x-amz-request-id"));
  }

  /** A code without the namespace before it and the address behind it. */
  private static String bare(String code) {
    var name = code.substring(code.indexOf('#') + 1);
    var colon = name.indexOf(':');
    return colon > 0 ? name.substring(0, colon) : name;
  }

  private static Optional<String> text(JsonNode body, String name) {
    var value = body.path(name);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static JsonNode object(byte[] body) {
    try {
      return Json.parse(new String(body, StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      return Json.nodes().objectNode();
    }
  }
}
