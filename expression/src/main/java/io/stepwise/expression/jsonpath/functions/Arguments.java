package io.stepwise.expression.jsonpath.functions;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.JsonNumbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The evaluated arguments of one call, read as the types the function wants. */
record Arguments(String function, List<JsonNode> values) {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  int count() {
    return values.size();
  }

  JsonNode value(int position) {
    return values.get(position);
  }

  ArrayNode array(int position) throws EvaluationException {
    if (value(position) instanceof ArrayNode array) {
      return array;
    }
    throw wrongType(position, "an array");
  }

  ObjectNode object(int position) throws EvaluationException {
    if (value(position) instanceof ObjectNode object) {
      return object;
    }
    throw wrongType(position, "a JSON object");
  }

  String string(int position) throws EvaluationException {
    if (value(position).isString()) {
      return value(position).stringValue();
    }
    throw wrongType(position, "a string");
  }

  /** An integer within the range of {@code int}; a fraction is rounded half up, toward +∞. */
  int integer(int position) throws EvaluationException {
    if (!value(position).isNumber() || !JsonNumbers.isFinite(value(position))) {
      throw wrongType(position, "a number");
    }
    var number = value(position).decimalValue();
    // A huge exponent must not be expanded: such a number is out of range anyway.
    if (number.precision() - number.scale() <= 11 && number.scale() < 10_000) {
      var rounded = number.add(HALF).setScale(0, RoundingMode.FLOOR);
      if (rounded.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE + 1L)) <= 0) {
        var exact = rounded.longValueExact();
        if (exact == (int) exact) {
          return (int) exact;
        }
      }
    }
    throw failure("argument %d must be an integer between -2147483648 and 2147483647", position);
  }

  EvaluationException failure(String reason) {
    return new EvaluationException(
        "States.IntrinsicFailure",
        "The intrinsic function '%s' failed: %s".formatted(function, reason));
  }

  private EvaluationException failure(String pattern, int position) {
    return failure(pattern.formatted(position + 1));
  }

  private EvaluationException wrongType(int position, String expected) {
    return failure("argument %d must be " + expected, position);
  }
}
