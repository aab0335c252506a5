package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.State;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.protocol.CommonError.ValidationException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@code context} of a TestState request. */
final class TrialContextInput {
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "Execution",
          List.of("Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"),
          "State",
          List.of("EnteredTime", "Name", "RetryCount"),
          "StateMachine",
          List.of("Id", "Name"),
          "Task",
          List.of("Token"),
          "Map",
          List.of("Item"),
          "Item",
          List.of("Index", "Key", "Value", "Source"));

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
      if (field.getKey().equals("Item")) {
        throw notAllowed("Item");
      }
      check(field.getKey(), field.getValue());
    }
    check("Item", context.path("Map").path("Item"));
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
    if (value.isMissingNode()) {
      return;
    }
    if (!value.isObject()) {
      throw invalid("Field '" + name + "' must be an object");
    }
    for (var field : value.properties()) {
      if (!allowed.contains(field.getKey())) {
        throw notAllowed(field.getKey());
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
