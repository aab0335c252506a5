package io.stepwise.asl.compilation;

import io.stepwise.asl.choice.Combination;
import io.stepwise.asl.choice.Comparand;
import io.stepwise.asl.choice.DataTest;
import io.stepwise.asl.choice.DataTest.Operand;
import io.stepwise.asl.choice.JsonataCondition;
import io.stepwise.asl.choice.Operator;
import io.stepwise.asl.choice.StringPattern;
import io.stepwise.asl.model.ChoiceState.Condition;
import io.stepwise.asl.model.ChoiceState.Rule;
import io.stepwise.expression.jsonata.JsonataTemplate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compiles the rules of a Choice state. */
final class Conditions {
  private Conditions() {}

  static List<Rule> rules(Fields state) {
    List<Rule> rules = new ArrayList<>();
    var index = 0;
    for (JsonNode entry : state.object().path("Choices")) {
      var rule = new Fields(entry, state.language());
      var location = "Choices[" + index++ + "]/Condition";
      rules.add(new Rule(condition(rule, location), rule.text("Next"), DataFlows.ofEntry(rule)));
    }
    return rules;
  }

  private static Condition condition(Fields rule, String location) {
    return switch (rule.language()) {
      case JSONPATH -> condition(rule);
      case JSONATA ->
          new JsonataCondition(
              Fields.compiled(() -> JsonataTemplate.compile(rule.object().path("Condition"))),
              location);
    };
  }

  private static Condition condition(Fields rule) {
    if (rule.has("And")) {
      return new Combination.And(conditions(rule, "And"));
    }
    if (rule.has("Or")) {
      return new Combination.Or(conditions(rule, "Or"));
    }
    if (rule.has("Not")) {
      return new Combination.Not(condition(rule.in("Not")));
    }
    for (var name : rule.object().propertyNames()) {
      var operator = Operator.of(name);
      if (operator != null) {
        return new DataTest(rule.path("Variable"), operator, operand(operator, rule));
      }
    }
    throw new IllegalStateException("Expected a rule that was validated");
  }

  private static List<Condition> conditions(Fields rule, String name) {
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode entry : rule.object().path(name)) {
      conditions.add(condition(new Fields(entry, rule.language())));
    }
    return conditions;
  }

  private static Operand operand(Operator operator, Fields rule) {
    if (operator.takesPath()) {
      return new Operand.FromPath(rule.path(operator.name()));
    }
    return operator.relation() == Operator.Relation.MATCHES
        ? new Operand.Matching(StringPattern.compile(rule.text(operator.name())))
        : new Operand.Literal(
            Comparand.of(operator.operand(), rule.object().path(operator.name())));
  }
}
