package io.stepwise.asl.validation;

import io.stepwise.asl.choice.Operator;
import io.stepwise.asl.model.QueryLanguage;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The tables of a Choice state's rules. */
final class ChoiceSchemas {
  private static final List<String> KINDS = List.of("And", "Or", "Not", "Variable", "Condition");

  private ChoiceSchemas() {}

  /** An entry of {@code Choices}. */
  static final ObjectSchema RULE =
      rule()
          .required("Next")
          .field("Next", Shapes.string())
          .field("Assign", Assignments.assign(JsonataScope.INPUT))
          .jsonata("Output", Expressions.template(JsonataScope.INPUT))
          .jsonata("Condition", condition())
          .build();

  /** A rule inside And, Or or Not. */
  private static final ObjectSchema NESTED = rule().build();

  private static ObjectSchema.Builder rule() {
    Shape nested = (value, place) -> NESTED.check(value, place);
    var builder =
        ObjectSchema.builder()
            .field("Comment", Shapes.string())
            .jsonPath("And", Shapes.nonEmptyArray(nested))
            .jsonPath("Or", Shapes.nonEmptyArray(nested))
            .jsonPath("Not", nested)
            .jsonPath("Variable", Expressions.operandPath())
            .rule(ChoiceSchemas::checkKind)
            .rule(ChoiceSchemas::checkOperators);
    for (var operator : Operator.all()) {
      builder.jsonPath(operator.name(), operand(operator));
    }
    return builder;
  }

  private static Shape operand(Operator operator) {
    if (operator.takesPath()) {
      return Expressions.operandPath();
    }
    return switch (operator.operand()) {
      case STRING -> Shapes.string();
      case NUMERIC -> Shapes.number();
      case BOOLEAN -> Shapes.bool();
      case TIMESTAMP -> Shapes.timestamp();
    };
  }

  private static void checkKind(JsonNode rule, Place place) {
    if (KINDS.stream().filter(rule::has).count() != 1) {
      place.error("The object must have only one of the following fields, " + KINDS);
    }
  }

  private static void checkOperators(JsonNode rule, Place place) {
    if (place.language() != QueryLanguage.JSONPATH || rule.has("Condition")) {
      return;
    }
    var present = Operator.names().stream().filter(rule::has).count();
    if (present > 1) {
      place.error("There should only be one of the following fields: " + Operator.names());
    } else if (present == 0 && rule.has("Variable")) {
      place.error("This object should have only one of the following fields: " + Operator.names());
    } else if (present == 1 && !rule.has("Variable") && KINDS.stream().anyMatch(rule::has)) {
      place.error("These fields are required: [Variable]");
    }
  }

  private static Shape condition() {
    return Expressions.literalOrJsonata(Shapes.bool());
  }
}
