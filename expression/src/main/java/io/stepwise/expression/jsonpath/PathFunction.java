package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A function at the end of an ordinary path; each answers null where it doesn't apply. */
enum PathFunction {
  LENGTH,
  SIZE,
  KEYS,
  MIN,
  MAX,
  SUM,
  AVG,
  STDDEV,
  FIRST,
  LAST;

  @Nullable JsonNode apply(JsonNode node) {
    return switch (this) {
      case LENGTH, SIZE ->
          node.isContainer()
              ? Json.nodes().numberNode(node.size())
              : node.isString() ? Json.nodes().numberNode(node.stringValue().length()) : null;
      case KEYS -> {
        if (!node.isObject()) {
          yield null;
        }
        var names = Json.nodes().arrayNode();
        node.propertyNames().forEach(names::add);
        yield names;
      }
      case FIRST -> node.isArray() && !node.isEmpty() ? node.get(0) : null;
      case LAST -> node.isArray() && !node.isEmpty() ? node.get(node.size() - 1) : null;
      case MIN, MAX, SUM, AVG, STDDEV -> aggregate(node);
    };
  }

  private @Nullable JsonNode aggregate(JsonNode node) {
    var count = 0;
    var sum = 0.0;
    var sumOfSquares = 0.0;
    var min = Double.MAX_VALUE;
    var max = -Double.MAX_VALUE;
    for (var item : node) {
      if (item.isNumber()) {
        var number = JsonNumbers.toDouble(item);
        count++;
        sum += number;
        sumOfSquares += number * number;
        min = Math.min(min, number);
        max = Math.max(max, number);
      }
    }
    if (!node.isArray() || count == 0) {
      return null;
    }
    var mean = sum / count;
    return Json.nodes()
        .numberNode(
            switch (this) {
              case MIN -> min;
              case MAX -> max;
              case SUM -> sum;
              case AVG -> mean;
              default -> Math.sqrt(sumOfSquares / count - mean * mean);
            });
  }
}
