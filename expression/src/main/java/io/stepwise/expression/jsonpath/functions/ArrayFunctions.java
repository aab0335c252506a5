package io.stepwise.expression.jsonpath.functions;

import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import java.util.LinkedHashSet;
import tools.jackson.databind.JsonNode;

/** The functions that make or read arrays. */
final class ArrayFunctions {
  /** Limits: 1000 elements, AWS. */
  private static final int RANGE_MAX = 1000;

  private ArrayFunctions() {}

  static JsonNode array(Arguments arguments) {
    return Json.nodes().arrayNode().addAll(arguments.values());
  }

  static JsonNode partition(Arguments arguments) throws EvaluationException {
    var array = arguments.array(0);
    var size = arguments.integer(1);
    if (size <= 0) {
      throw arguments.failure("the chunk size must be greater than zero");
    }
    var chunks = Json.nodes().arrayNode();
    for (var i = 0; i < array.size(); i++) {
      if (i % size == 0) {
        chunks.add(Json.nodes().arrayNode());
      }
      chunks.get(chunks.size() - 1).asArray().add(array.get(i));
    }
    return chunks;
  }

  static JsonNode contains(Arguments arguments) throws EvaluationException {
    var wanted = arguments.value(1);
    return Json.nodes()
        .booleanNode(arguments.array(0).valueStream().anyMatch(item -> same(item, wanted)));
  }

  static JsonNode range(Arguments arguments) throws EvaluationException {
    long first = arguments.integer(0);
    long last = arguments.integer(1);
    long step = arguments.integer(2);
    if (step == 0) {
      throw arguments.failure("the step must not be zero");
    }
    if ((last - first) / step >= RANGE_MAX) {
      throw arguments.failure("the range must not have more than 1000 elements");
    }
    var range = Json.nodes().arrayNode();
    for (var i = first; step > 0 ? i <= last : i >= last; i += step) {
      range.add(Math.toIntExact(i));
    }
    return range;
  }

  static JsonNode getItem(Arguments arguments) throws EvaluationException {
    var array = arguments.array(0);
    var index = arguments.integer(1);
    if (index < 0 || index >= array.size()) {
      throw arguments.failure("index %d is out of bounds".formatted(index));
    }
    return array.get(index);
  }

  static JsonNode unique(Arguments arguments) throws EvaluationException {
    return Json.nodes().arrayNode().addAll(new LinkedHashSet<>(arguments.array(0).values()));
  }

  private static boolean same(JsonNode left, JsonNode right) {
    return left.isNumber() && right.isNumber()
        ? JsonNumbers.compare(left, right) == 0
        : left.equals(right);
  }
}
