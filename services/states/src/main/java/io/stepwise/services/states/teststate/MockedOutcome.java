package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.ServiceShapes;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;
import io.stepwise.protocol.CommonError.ValidationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the {@code mock} of a TestState request. */
final class MockedOutcome {
  private MockedOutcome() {}

  /** Errors: ValidationException unless there is a result or an error, and not both. */
  static void checkOne(JsonNode mock) {
    if (mock.hasNonNull("result") == mock.hasNonNull("errorOutput")) {
      throw refusal(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
  }

  /** The outcome, which fits the state. */
  static Outcome read(JsonNode mock, State state, ServiceShapes shapes) {
    if (mock.hasNonNull("errorOutput")) {
      var error = mock.path("errorOutput");
      return new Outcome.Failure(text(error.get("error")), text(error.get("cause")));
    }
    var result = json(mock.path("result").stringValue());
    check(result.tree(), state);
    var mode = mock.path("fieldValidationMode").asString("STRICT");
    if (!mode.equals("NONE")
        && state instanceof TaskState task
        && task.resource() instanceof TaskResource.ServiceIntegration integration) {
      MockedFields.check(shapes, integration, result.tree(), mode.equals("STRICT"));
    }
    return new Outcome.Success(result);
  }

  private static void check(JsonNode result, State state) {
    switch (state) {
      case MapState map -> {
        var writes = map.distributed() != null && map.distributed().resultWriter() != null;
        if (writes && !result.isObject()) {
          throw refusal("Mocked result must be a JSON object.");
        }
        if (!writes && !result.isArray()) {
          throw refusal("Mocked result must be an array.");
        }
      }
      case ParallelState parallel -> {
        if (!result.isArray()) {
          throw refusal("Mocked result must be an array.");
        }
        if (result.size() != parallel.branches().size()) {
          throw refusal(
              "Mocked result must contain the same number of items as number of Parallel branches.");
        }
      }
      default -> {}
    }
  }

  private static Payload json(String text) {
    try {
      return Payload.parse(text);
    } catch (InvalidJsonException e) {
      throw refusal("Mocked result must be valid JSON");
    }
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value == null || value.isNull() ? null : value.stringValue();
  }

  private static RuntimeException refusal(String message) {
    return new ValidationException(message).toException();
  }
}
