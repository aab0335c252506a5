package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ValidationException;
import io.stepwise.api.operation.ServiceShapes.Bounds;
import io.stepwise.api.operation.ServiceShapes.OutputShape;
import io.stepwise.api.operation.ServiceShapes.Service;
import io.stepwise.asl.model.TaskResource.Pattern;
import io.stepwise.asl.model.TaskResource.ServiceIntegration;
import io.stepwise.expression.JsonNumbers;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks a mocked result against what the service that a task calls would answer. */
final class MockedFields {
  /** What Step Functions calls a service without {@code aws-sdk:} where that is another name. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "events", "eventbridge",
          "states", "sfn",
          "emr-containers", "emrcontainers",
          "emr-serverless", "emrserverless",
          "bedrock", "bedrockruntime");

  /** What {@code .sync} asks until the job is over, by service and action. */
  private static final Map<String, String> POLLED =
      Map.of(
          "states:startExecution", "DescribeExecution",
          "athena:startQueryExecution", "GetQueryExecution",
          "batch:submitJob", "DescribeJobs",
          "sagemaker:createTrainingJob", "DescribeTrainingJob",
          "sagemaker:createTransformJob", "DescribeTransformJob",
          "sagemaker:createProcessingJob", "DescribeProcessingJob",
          "sagemaker:createLabelingJob", "DescribeLabelingJob",
          "sagemaker:createHyperParameterTuningJob", "DescribeHyperParameterTuningJob");

  /** Members that an optimized integration hands on as JSON instead of text. */
  private static final Map<String, Set<String>> AS_JSON =
      Map.of(
          "lambda:invoke", Set.of("Payload"),
          "states:startExecution.sync:2", Set.of("Input", "Output"),
          "bedrock:invokeModel", Set.of("Body"));

  private final Service service;
  private final Set<String> asJson;
  private final boolean strict;

  private MockedFields(Service service, Set<String> asJson, boolean strict) {
    this.service = service;
    this.asJson = asJson;
    this.strict = strict;
  }

  /**
   * Checks a result; one of an action that is not known may be anything.
   *
   * @param strict whether a field that is required must be there
   */
  static void check(
      ServiceShapes shapes, ServiceIntegration integration, JsonNode result, boolean strict) {
    if (integration.pattern() == Pattern.WAIT_FOR_TASK_TOKEN) {
      return;
    }
    var name = integration.service();
    var sdk = name.startsWith("aws-sdk:");
    var service = shapes.service(sdk ? name.substring(8) : SERVICES.getOrDefault(name, name));
    var output = service.output(operation(integration));
    if (output != null) {
      var asJson = AS_JSON.getOrDefault(name + ":" + integration.resource(), Set.of());
      new MockedFields(service, asJson, strict).check("", output, result);
    }
  }

  private static String operation(ServiceIntegration integration) {
    var action = integration.action();
    return integration.pattern() == Pattern.REQUEST_RESPONSE
        ? Character.toUpperCase(action.charAt(0)) + action.substring(1)
        : POLLED.getOrDefault(integration.service() + ":" + action, "");
  }

  private void check(String field, OutputShape shape, JsonNode value) {
    switch (shape) {
      case OutputShape.Structure structure -> checkMembers(field, structure, value);
      case OutputShape.Items(var item, var length) -> {
        demand(value.isArray(), field, "must be an array");
        checkLength(field, value.size(), length);
        for (var element : value) {
          check(field, service.shapes().get(item), element);
        }
      }
      case OutputShape.Values(var inner) -> {
        demand(value.isObject(), field, "must be an object");
        for (var property : value.properties()) {
          check(property.getKey(), service.shapes().get(inner), property.getValue());
        }
      }
      case OutputShape.Text(var length) -> {
        demand(value.isString(), field, "must be a string");
        var text = value.stringValue();
        checkLength(field, text.codePointCount(0, text.length()), length);
      }
      case OutputShape.Choice(var values) -> {
        demand(value.isString(), field, "must be a string");
        demand(values.contains(value.stringValue()), field, "is not an expected value");
      }
      case OutputShape.Numeric(var bounds) -> {
        demand(value.isNumber(), field, "must be a number");
        var number = JsonNumbers.toDouble(value);
        demand(!(number < bounds.min()), field, "is less than the minimum value");
        demand(!(number > bounds.max()), field, "exceeds the maximum value");
      }
      case OutputShape.Flag flag -> demand(value.isBoolean(), field, "must be a boolean");
      case OutputShape.Anything anything -> {}
    }
  }

  private void checkMembers(String field, OutputShape.Structure structure, JsonNode value) {
    if (!value.isObject()) {
      throw field.isEmpty()
          ? error("Mocked result must be a JSON object.")
          : error("Field '" + field + "' must be an object");
    }
    if (strict) {
      for (var name : structure.required()) {
        if (!value.hasNonNull(name)) {
          throw error("Required field '" + name + "' is missing");
        }
      }
    }
    for (var member : structure.members().entrySet()) {
      var name = member.getKey();
      var given = value.get(name);
      if (given != null && !given.isNull() && !(field.isEmpty() && asJson.contains(name))) {
        check(name, service.shapes().get(member.getValue()), given);
      }
    }
  }

  private static void checkLength(String field, int length, Bounds bounds) {
    demand(!(length < bounds.min()), field, "is smaller than the minimum length");
    demand(!(length > bounds.max()), field, "exceeds the maximum length");
  }

  private static void demand(boolean holds, String field, String rule) {
    if (!holds) {
      throw error("Field '" + field + "' " + rule);
    }
  }

  private static RuntimeException error(String message) {
    return new ValidationException("Mock result schema validation error: " + message).toException();
  }
}
