package io.stepwise.expression.jsonata;

import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import io.stepwise.jsonata.BudgetExceededException;
import io.stepwise.jsonata.BudgetExceededException.Limit;
import io.stepwise.jsonata.Pace;
import io.stepwise.jsonata.value.FunctionValue;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes an expression's value a result: numbers in the form JavaScript prints, no functions. */
final class Results {
  private long bytes;

  private Results() {}

  /** The value is, or contains, a function. */
  static final class UnsupportedResultException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedResultException() {
      super("a function", null, false, false);
    }
  }

  /**
   * The JSON of a value that is not undefined; itself unless a number in it has another form. The
   * pace hears of it as of what printing it will cost.
   */
  static JsonNode toJson(JsonNode value, Pace pace) throws UnsupportedResultException {
    var results = new Results();
    var json = results.normal(value);
    pace.passed(results.bytes >> 4);
    return json;
  }

  private JsonNode normal(JsonNode value) throws UnsupportedResultException {
    if (isNormal(value)) {
      return value;
    }
    return switch (value) {
      case ArrayNode array -> {
        var normal = Json.nodes().arrayNode(array.size());
        for (var item : array) {
          normal.add(normal(item));
        }
        yield normal;
      }
      case ObjectNode object -> {
        var normal = Json.nodes().objectNode();
        for (var member : object.properties()) {
          normal.set(member.getKey(), normal(member.getValue()));
        }
        yield normal;
      }
      default -> number(JsonNumbers.toDouble(value));
    };
  }

  private boolean isNormal(JsonNode value) throws UnsupportedResultException {
    // What is in it twice is printed twice, and pays twice.
    bytes += value instanceof StringNode text ? 4 + 2L * text.stringValue().length() : 12;
    if (bytes > 2 * Limits.VALUE_BYTES_MAX) {
      throw new BudgetExceededException(Limit.BYTES);
    }
    switch (value) {
      case ArrayNode array -> {
        var size = array.size();
        for (var i = 0; i < size; i++) {
          if (!isNormal(array.get(i))) {
            return false;
          }
        }
        return true;
      }
      case ObjectNode object -> {
        for (var member : object.properties()) {
          bytes += 2L * member.getKey().length();
          if (!isNormal(member.getValue())) {
            return false;
          }
        }
        return true;
      }
      case FunctionValue _ -> throw new UnsupportedResultException();
      default -> {
        return value instanceof IntNode || !value.isNumber() || hasNormalForm(value);
      }
    }
  }

  private static boolean hasNormalForm(JsonNode number) {
    if (number.isInt() || number.isLong()) {
      return true;
    }
    if (number.isDouble()) {
      var value = number.doubleValue();
      return Double.isFinite(value) && value != Math.rint(value);
    }
    return false;
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
    return number == (int) number
        ? Json.nodes().numberNode((int) number)
        : Json.nodes().numberNode((long) number);
  }
}
