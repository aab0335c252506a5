package io.stepwise.connectors.lambda;

import io.stepwise.integration.ConnectorOutcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What Lambda demands of an Invoke before it looks for the function: what a task's input put into
 * the path, the query or the headers of a request has one of the forms that these may have.
 *
 * <p>Source: Lambda's service model (Invoke) and its answers.
 */
final class InvokeConstraints {
  /** Possessive and looked at once: a name of 256 KiB costs its length, not the square of it. */
  private static final Pattern NAME = Pattern.compile("(?!\\.*+$)[a-zA-Z0-9-_.]++");

  private static final String NAME_PATTERN =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
          + "([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  private static final Pattern QUALIFIER = Pattern.compile("[a-zA-Z0-9$_-]{1,128}");
  private static final List<String> INVOCATION_TYPES =
      List.of("Event", "RequestResponse", "DryRun");
  private static final List<String> LOG_TYPES = List.of("None", "Tail");

  /** Whether it holds an object, and is not too long, the endpoint tells. */
  private static final Pattern BASE64 = Pattern.compile("[a-zA-Z0-9+/_=-]*");

  private InvokeConstraints() {}

  /** Lambda's refusal of such a call, if it refuses. */
  static Optional<ConnectorOutcome> refusal(FunctionName target, JsonNode parameters) {
    if (!NAME.matcher(target.name()).matches()) {
      return constraint(
          "functionName", target.name(), "regular expression pattern: " + NAME_PATTERN);
    }
    var qualifier = target.qualifier().orElse("$LATEST");
    if (!QUALIFIER.matcher(qualifier).matches()) {
      return constraint("qualifier", qualifier, "regular expression pattern: (|[a-zA-Z0-9$_-]+)");
    }
    return oneOf(parameters, "InvocationType", "invocationType", INVOCATION_TYPES)
        .or(() -> oneOf(parameters, "LogType", "logType", LOG_TYPES))
        .or(() -> clientContext(parameters.path("ClientContext")));
  }

  private static Optional<ConnectorOutcome> oneOf(
      JsonNode parameters, String field, String member, List<String> allowed) {
    var value = parameters.path(field);
    return value.isString() && !allowed.contains(value.stringValue())
        ? constraint(member, value.stringValue(), "enum value set: " + allowed)
        : Optional.empty();
  }

  private static Optional<ConnectorOutcome> clientContext(JsonNode context) {
    if (!context.isString() || BASE64.matcher(context.stringValue()).matches()) {
      return Optional.empty();
    }
    return refused(
        "InvalidRequestContentException",
        "Client context must be a valid Base64-encoded JSON object.");
  }

  private static Optional<ConnectorOutcome> constraint(
      String member, String value, String expected) {
    return refused(
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must satisfy "
            + expected);
  }

  private static Optional<ConnectorOutcome> refused(String code, String message) {
    return Optional.of(
        new ConnectorOutcome.Failure(
            "Lambda." + code, LambdaResponse.refused(message, 400, code, "")));
  }
}
