package io.stepwise.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns the engine's values into JSON, with numbers in the form JavaScript prints. */
final class Results {
  private Results() {}

  /** The value is, or contains, a function. */
  static final class UnsupportedResultException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedResultException() {
      super("a function", null, false, false);
    }
  }

  /** The JSON of a value that is not undefined. */
  static JsonNode toJson(Object value) throws UnsupportedResultException {
    return switch (value) {
      case JsonView view -> normal(view.node());
      case String text -> Json.nodes().stringNode(text);
      case Boolean flag -> Json.nodes().booleanNode(flag);
      case Number number -> number(number);
      case List<?> list -> {
        var array = Json.nodes().arrayNode(list.size());
        for (var item : list) {
          array.add(item == null ? Json.nodes().nullNode() : toJson(item));
        }
        yield array;
      }
      case Map<?, ?> map -> {
        var object = Json.nodes().objectNode();
        for (var entry : map.entrySet()) {
          // An undefined member doesn't exist.
          if (entry.getValue() != null) {
            object.set(String.valueOf(entry.getKey()), toJson(entry.getValue()));
          }
        }
        yield object;
      }
      default -> {
        if (value == Jsonata.NULL_VALUE) {
          yield Json.nodes().nullNode();
        }
        throw new UnsupportedResultException();
      }
    };
  }

  private static JsonNode number(Number number) {
    return switch (number) {
      case Integer i -> Json.nodes().numberNode(i);
      case Long l ->
          l == (int) (long) l
              ? Json.nodes().numberNode((int) (long) l)
              : Json.nodes().numberNode(l);
      default -> number(number.doubleValue());
    };
  }

  private static JsonNode number(double number) {
    if (!Double.isFinite(number)) {
      return Json.nodes().stringNode(String.valueOf(number));
    }
    if (number != Math.rint(number) || Math.abs(number) >= 1e21) {
      return Json.nodes().numberNode(number);
    }
    if (Math.abs(number) >= 0x1p63) {
      return Json.nodes().numberNode(BigDecimal.valueOf(number).toBigIntegerExact());
    }
    return number((Number) (long) number);
  }

  /** JSON that only passed through: itself, unless a number in it is integral but a fraction. */
  private static JsonNode normal(JsonNode node) {
    if (isNormal(node)) {
      return node;
    }
    if (node.isArray()) {
      var array = Json.nodes().arrayNode(node.size());
      node.forEach(item -> array.add(normal(item)));
      return array;
    }
    if (node.isObject()) {
      var object = Json.nodes().objectNode();
      node.properties().forEach(entry -> object.set(entry.getKey(), normal(entry.getValue())));
      return object;
    }
    return number(JsonNumbers.toDouble(node));
  }

  private static boolean isNormal(JsonNode node) {
    if (node.isContainer()) {
      for (var child : node) {
        if (!isNormal(child)) {
          return false;
        }
      }
      return true;
    }
    return !node.isFloatingPointNumber() || node.doubleValue() != Math.rint(node.doubleValue());
  }
}
