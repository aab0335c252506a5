package io.stepwise.connectors.aws.wire;

import io.stepwise.aws.model.ModelMember;
import io.stepwise.aws.model.ModelShape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Whether parameters have the members and kinds of values of a shape. What a service demands beyond
 * that is for the service to say, as AWS leaves it.
 */
public final class ParameterCheck {
  private final List<String> problems = new ArrayList<>();

  private ParameterCheck() {}

  /** What is wrong with parameters, in AWS's words; empty where nothing is. */
  public static List<String> problems(ModelShape shape, JsonNode parameters) {
    var check = new ParameterCheck();
    check.check("", shape, parameters);
    return check.problems;
  }

  /** The member of that name. Errors: {@link BadParameters}. */
  static ModelMember member(ModelShape shape, String key) {
    return shape.member(key).orElseThrow(() -> new BadParameters(unsupported(key)));
  }

  private static String unsupported(String key) {
    return "The field \"" + key + "\" is not supported by Step Functions";
  }

  private void check(String field, ModelShape shape, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    switch (shape.kind()) {
      case STRUCTURE -> {
        if (!value.isObject()) {
          wrong(field, "an OBJECT");
          return;
        }
        for (var entry : value.properties()) {
          shape
              .member(entry.getKey())
              .ifPresentOrElse(
                  member -> check(entry.getKey(), member.shape(), entry.getValue()),
                  () -> problems.add(unsupported(entry.getKey())));
        }
      }
      case LIST -> {
        if (!value.isArray()) {
          wrong(field, "an ARRAY");
          return;
        }
        value.forEach(item -> check(field, shape.element(), item));
      }
      case MAP -> {
        if (!value.isObject()) {
          wrong(field, "an OBJECT");
          return;
        }
        value.properties().forEach(e -> check(e.getKey(), shape.element(), e.getValue()));
      }
      // An object or an array is sent as the text of its JSON.
      case STRING -> {
        if (!value.isString() && !value.isContainer()) {
          wrong(field, "a STRING");
        }
      }
      case BOOLEAN -> {
        if (!value.isBoolean()) {
          wrong(field, "a BOOLEAN");
        }
      }
      case INTEGER, LONG -> {
        if (!value.isNumber() || value.isFloatingPointNumber() && !isWhole(value)) {
          wrong(field, "an INTEGER");
        }
      }
      case FLOAT, DOUBLE -> {
        if (!value.isNumber()) {
          wrong(field, "a NUMBER");
        }
      }
      case TIMESTAMP -> {
        if (!value.isString() && !value.isNumber()) {
          wrong(field, "a STRING");
        }
      }
      case BLOB, DOCUMENT -> {}
    }
  }

  private static boolean isWhole(JsonNode value) {
    return value.asDouble() == Math.rint(value.asDouble());
  }

  private void wrong(String field, String kind) {
    problems.add("The value for the field '" + field + "' must be " + kind);
  }
}
