package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.State;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.protocol.CommonError.ValidationException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@code context} of a TestState request. */
final class TrialContextInput {
  /** What a field is to be. */
  private enum Kind {
    ANY("any value"),
    STRING("a string"),
    NUMBER("a number");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private boolean accepts(JsonNode value) {
      return switch (this) {
        case ANY -> true;
        case STRING -> value.isString();
        case NUMBER -> value.isNumber();
      };
    }
  }

  private static final Map<String, Map<String, Kind>> FIELDS =
      Map.of(
          "Execution",
          Map.of(
              "Id", Kind.STRING,
              "Input", Kind.ANY,
              "Name", Kind.STRING,
              "RoleArn", Kind.STRING,
              "StartTime", Kind.STRING,
              "RedriveCount", Kind.NUMBER,
              "RedriveTime", Kind.STRING),
          "State",
          Map.of("EnteredTime", Kind.STRING, "Name", Kind.STRING, "RetryCount", Kind.NUMBER),
          "StateMachine",
          Map.of("Id", Kind.STRING, "Name", Kind.STRING),
          "Task",
          Map.of("Token", Kind.STRING));

  private TrialContextInput() {}

  /** The Context object. Errors: ValidationException naming the first field that is wrong. */
  static ObjectNode read(String text, State state) {
    JsonNode tree;
    try {
      tree = Json.parse(text);
    } catch (InvalidJsonException e) {
      throw invalid("Context object must be valid JSON");
    }
    if (!(tree instanceof ObjectNode context)) {
      throw invalid("Context object must be a JSON object");
    }
    for (var field : context.properties()) {
      if (field.getKey().equals("Map")) {
        throw invalid("'Map' field is not supported when mocking a Context object");
      }
      check(field.getKey(), field.getValue());
    }
    if (context.has("Task") && !waitsForOthers(state)) {
      throw invalid(
          "Context object contains 'Task' when state is not a Task state with a '.sync' or"
              + " '.waitForTaskToken' service integration pattern");
    }
    return context;
  }

  private static void check(String name, JsonNode value) {
    var allowed = FIELDS.get(name);
    if (allowed == null) {
      throw notAllowed(name);
    }
    if (!value.isObject()) {
      throw invalid(name + " must be an object");
    }
    for (var field : value.properties()) {
      var kind = allowed.get(field.getKey());
      if (kind == null) {
        throw notAllowed(field.getKey());
      }
      if (!kind.accepts(field.getValue())) {
        throw invalid(name + "." + field.getKey() + " must be " + kind.words);
      }
    }
  }

  private static boolean waitsForOthers(State state) {
    return state instanceof TaskState task
        && task.resource() instanceof TaskResource.ServiceIntegration integration
        && integration.pattern() != IntegrationPattern.REQUEST_RESPONSE;
  }

  private static RuntimeException notAllowed(String field) {
    return invalid("Field '" + field + "' is not allowed");
  }

  private static RuntimeException invalid(String why) {
    return new ValidationException("Invalid Context object provided: " + why).toException();
  }
}
