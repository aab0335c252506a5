package io.stepwise.asl.choice;

import io.stepwise.asl.choice.Operator.Relation;
import io.stepwise.asl.model.ChoiceState.Condition;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.jsonpath.Path;
import tools.jackson.databind.JsonNode;

/**
 * One operator applied to one variable. Values of another type than the operator's do not hold, and
 * are no error; a variable that is missing is an error unless that is what is asked.
 */
public final class DataTest implements Condition {
  private final Path variable;
  private final Operator operator;
  private final Operand operand;

  /** A test of {@code variable} with an operand that suits the operator. */
  public DataTest(Path variable, Operator operator, Operand operand) {
    this.variable = variable;
    this.operator = operator;
    this.operand = operand;
  }

  /** Where the other side of the comparison comes from. */
  public sealed interface Operand {
    /** Written in the definition. */
    record Literal(Comparand value) implements Operand {}

    /** Found in the data. */
    record FromPath(Path path) implements Operand {}

    /** A pattern of {@code StringMatches}. */
    record Matching(StringPattern pattern) implements Operand {}
  }

  @Override
  public boolean holds(Bindings bindings) throws EvaluationException {
    if (operator.relation() == Relation.IS_PRESENT) {
      return (variable.find(bindings) != null) == expected();
    }
    var value = find(variable, bindings);
    return switch (operand) {
      case Operand.Matching matching ->
          value.isString() && matching.pattern().matches(value.stringValue());
      case Operand.FromPath fromPath ->
          compares(value, Comparand.of(operator.operand(), find(fromPath.path(), bindings)));
      case Operand.Literal literal ->
          switch (operator.relation()) {
            case EQUALS, LESS_THAN, GREATER_THAN, LESS_THAN_EQUALS, GREATER_THAN_EQUALS ->
                compares(value, literal.value());
            case IS_NULL -> value.isNull() == expected();
            case IS_NUMERIC -> value.isNumber() == expected();
            case IS_STRING -> value.isString() == expected();
            case IS_BOOLEAN -> value.isBoolean() == expected();
            case IS_TIMESTAMP -> isTimestamp(value) == expected();
            case IS_PRESENT, MATCHES -> throw new IllegalStateException("Handled before");
          };
    };
  }

  private boolean expected() {
    return operand instanceof Operand.Literal(Comparand.Truth(var expected)) && expected;
  }

  private static boolean isTimestamp(JsonNode value) {
    return value.isString() && Timestamps.parse(value.stringValue()) != null;
  }

  private boolean compares(JsonNode value, Comparand right) {
    var order = Comparand.of(operator.operand(), value).compareTo(right);
    if (order.isEmpty()) {
      return false;
    }
    var difference = order.getAsInt();
    return switch (operator.relation()) {
      case EQUALS -> difference == 0;
      case LESS_THAN -> difference < 0;
      case GREATER_THAN -> difference > 0;
      case LESS_THAN_EQUALS -> difference <= 0;
      case GREATER_THAN_EQUALS -> difference >= 0;
      case MATCHES, IS_NULL, IS_PRESENT, IS_NUMERIC, IS_STRING, IS_BOOLEAN, IS_TIMESTAMP -> false;
    };
  }

  private static JsonNode find(Path path, Bindings bindings) throws EvaluationException {
    path.requireInput(bindings);
    var value = path.find(bindings);
    if (value == null) {
      throw new EvaluationException(
          "States.Runtime",
          "Invalid path '"
              + path.text()
              + "': The choice state's condition path references an invalid value.");
    }
    return value;
  }
}
