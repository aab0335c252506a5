package io.stepwise.expression.jsonpath.functions;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Moment;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** The functions that compute numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static JsonNode add(Arguments arguments) throws EvaluationException {
    var sum = (long) arguments.integer(0) + arguments.integer(1);
    return sum == (int) sum ? Json.nodes().numberNode((int) sum) : Json.nodes().numberNode(sum);
  }

  /** At least the first and below the second argument. With a seed the same for ever. */
  static JsonNode random(Arguments arguments, Moment moment) throws EvaluationException {
    long start = arguments.integer(0);
    long end = arguments.integer(1);
    if (start >= end) {
      throw arguments.failure("the start must be less than the end");
    }
    var fraction =
        arguments.count() == 3
            ? new Random(arguments.integer(2)).nextDouble()
            : moment.nextDouble();
    return Json.nodes().numberNode((int) (start + (long) Math.floor(fraction * (end - start))));
  }
}
