package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.TaskResource.ServiceIntegration;
import io.stepwise.aws.Integration;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.aws.ServiceShapes;
import io.stepwise.aws.ServiceShapes.Bounds;
import io.stepwise.aws.ServiceShapes.Service;
import io.stepwise.aws.ServiceShapes.ServiceShape;
import io.stepwise.expression.JsonNumbers;
import io.stepwise.protocol.CommonError.ValidationException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks a mocked result against what the service that a task calls would answer. */
final class MockedFields {
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
    if (integration.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
      return;
    }
    var service = shapes.service(ServiceCatalogue.sdkName(integration.service()));
    var known = ServiceCatalogue.find(integration.service(), integration.action());
    var output = service.output(operation(integration, known));
    if (output != null) {
      var asJson = known.map(one -> one.jsonMembers(integration.pattern())).orElse(Set.of());
      new MockedFields(service, asJson, strict).check("", output, result);
    }
  }

  private static String operation(ServiceIntegration task, Optional<Integration> known) {
    return known
        .orElseGet(() -> Integration.of(task.action()))
        .answeredBy(task.pattern())
        .orElse("");
  }

  private void check(String field, ServiceShape shape, JsonNode value) {
    switch (shape) {
      case ServiceShape.Structure structure -> checkMembers(field, structure, value);
      case ServiceShape.Items(var item, var length) -> {
        demand(value.isArray(), field, "must be an array");
        checkLength(field, value.size(), length);
        for (var element : value) {
          check(field, service.shapes().get(item), element);
        }
      }
      case ServiceShape.Values(var inner) -> {
        demand(value.isObject(), field, "must be an object");
        for (var property : value.properties()) {
          check(property.getKey(), service.shapes().get(inner), property.getValue());
        }
      }
      case ServiceShape.Text(var length) -> {
        demand(value.isString(), field, "must be a string");
        var text = value.stringValue();
        checkLength(field, text.codePointCount(0, text.length()), length);
      }
      case ServiceShape.Choice(var values) -> {
        demand(value.isString(), field, "must be a string");
        demand(values.contains(value.stringValue()), field, "is not an expected value");
      }
      case ServiceShape.Numeric(var bounds) -> {
        demand(value.isNumber(), field, "must be a number");
        var number = JsonNumbers.toDouble(value);
        demand(!(number < bounds.min()), field, "is less than the minimum value");
        demand(!(number > bounds.max()), field, "exceeds the maximum value");
      }
      case ServiceShape.Flag flag -> demand(value.isBoolean(), field, "must be a boolean");
      case ServiceShape.Anything anything -> {}
    }
  }

  private void checkMembers(String field, ServiceShape.Structure structure, JsonNode value) {
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
