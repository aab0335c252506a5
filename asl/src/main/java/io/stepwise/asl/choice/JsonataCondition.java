package io.stepwise.asl.choice;

import io.stepwise.asl.model.ChoiceState.Condition;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.jsonata.JsonataTemplate;
import java.util.Locale;

/**
 * A {@code Condition} in JSONata, or the literal {@code true} or {@code false}.
 *
 * @param location slash path inside the state, e.g. {@code Choices[0]/Condition}
 */
public record JsonataCondition(JsonataTemplate template, String location) implements Condition {

  @Override
  public boolean holds(Bindings bindings) throws EvaluationException {
    var value = template.evaluate(bindings, location);
    if (!value.isBoolean()) {
      throw new EvaluationException(
          "States.QueryEvaluationError",
          "The JSONata expression '%s' specified for the field '%s' returned an unexpected result type. Expected 'boolean', but was '%s' for value: %s"
              .formatted(
                  template.expressionText(),
                  location,
                  value.getNodeType().name().toLowerCase(Locale.ROOT),
                  Json.print(value)),
          location);
    }
    return value.booleanValue();
  }
}
