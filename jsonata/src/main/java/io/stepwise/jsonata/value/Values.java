package io.stepwise.jsonata.value;

import io.stepwise.jsonata.JsonataException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What the language says of values: numbers, truth, equality. Null is undefined. */
public final class Values {
  private Values() {}

  /** A number; whole ones in the form they are printed in. */
  public static JsonNode number(double value) {
    var whole = (int) value;
    if (whole == value && (whole != 0 || 1 / value > 0)) {
      return IntNode.valueOf(whole);
    }
    if (value == Math.rint(value) && Math.abs(value) < 0x1p63 && value != 0) {
      return LongNode.valueOf((long) value);
    }
    return DoubleNode.valueOf(value);
  }

  /** A whole number. */
  public static JsonNode number(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /** A text. */
  public static JsonNode text(String value) {
    return StringNode.valueOf(value);
  }

  /** A truth. */
  public static JsonNode bool(boolean value) {
    return value ? BooleanNode.TRUE : BooleanNode.FALSE;
  }

  /** Whether it is a number, be it infinite. */
  public static boolean isNumber(@Nullable JsonNode value) {
    return value instanceof NumericNode;
  }

  /** Whether it is a number; NaN is none. Errors: D1001 if it is infinite. */
  public static boolean isFinite(@Nullable JsonNode value) {
    if (!(value instanceof NumericNode)) {
      return false;
    }
    if (value instanceof IntNode) {
      return true;
    }
    var number = toDouble(value);
    if (Double.isFinite(number) || Double.isNaN(number)) {
      return !Double.isNaN(number);
    }
    throw JsonataException.of("D1001", value);
  }

  /** The nearest double of a number. */
  public static double toDouble(JsonNode number) {
    if (number instanceof IntNode whole) {
      return whole.intValue();
    }
    if (number instanceof DoubleNode real) {
      return real.doubleValue();
    }
    return number.isBigInteger() || number.isBigDecimal()
        ? number.decimalValue().doubleValue()
        : number.numberValue().doubleValue();
  }

  /**
   * Rounded to even, as on paper: the digits decide, not their binary form. NaN where there is
   * nothing to shift.
   *
   * @param precision digits after the point; negative before it
   */
  public static double round(double value, int precision) {
    if (!Double.isFinite(value)) {
      return precision == 0 ? value : Double.NaN;
    }
    var shifted =
        precision == 0
            ? value
            : new BigDecimal(Double.toString(value)).scaleByPowerOfTen(precision).doubleValue();
    if (Double.isInfinite(shifted)) {
      return Double.NaN;
    }
    var result = Math.floor(shifted + 0.5);
    if (Math.abs(shifted) >= 0x1p52) {
      result = shifted;
    } else if (result - shifted > 0.5) {
      result -= 1; // adding a half rounded up
    }
    if (Math.abs(result - shifted) == 0.5 && Math.abs(result % 2) == 1) {
      result -= 1;
    }
    if (precision != 0) {
      result = new BigDecimal(Double.toString(result)).scaleByPowerOfTen(-precision).doubleValue();
    }
    return result == 0 ? 0 : result;
  }

  /**
   * A copy, all through, of what is array or object: as if printed and read, so that numbers keep
   * fifteen digits and functions are empty texts.
   */
  public static JsonNode copy(JsonNode value, Evaluation evaluation) {
    switch (value) {
      case Items items when items.isWrapper() -> {
        return copy(items.get(0), evaluation);
      }
      case ArrayNode array -> {
        evaluation.enter();
        var copy = Items.array(array.size());
        for (var item : array) {
          copy.push(copy(item, evaluation), evaluation);
        }
        evaluation.leave();
        return copy;
      }
      case ObjectNode object -> {
        evaluation.enter();
        var copy = new Members();
        for (var member : object.properties()) {
          copy.put(member.getKey(), copy(member.getValue(), evaluation), evaluation);
        }
        evaluation.leave();
        return copy;
      }
      case FunctionValue _ -> {
        return text("");
      }
      case DoubleNode real -> {
        return isFinite(real)
            ? number(Double.parseDouble(Text.number(real)))
            : NullNode.getInstance();
      }
      default -> {
        return value;
      }
    }
  }

  /** The text of a string. */
  public static String string(JsonNode text) {
    return text.stringValue();
  }

  /** Whether a condition holds; undefined doesn't. */
  public static boolean isTrue(@Nullable JsonNode value) {
    if (value instanceof BooleanNode bool) {
      return bool.booleanValue();
    }
    return value != null && truth(value);
  }

  /** The truth of a value. */
  public static boolean truth(JsonNode value) {
    if (value instanceof BooleanNode bool) {
      return bool.booleanValue();
    }
    if (value instanceof ArrayNode array) {
      var size = array.size();
      for (var i = 0; i < size; i++) {
        if (truth(array.get(i))) {
          return true;
        }
      }
      return false;
    }
    if (value instanceof StringNode text) {
      return !text.stringValue().isEmpty();
    }
    if (value instanceof NumericNode) {
      return isFinite(value) && toDouble(value) != 0;
    }
    return value instanceof FunctionValue function
        ? function.isTrue()
        : value instanceof ObjectNode object && !object.isEmpty();
  }

  /** Whether two values are the same, through and through. */
  public static boolean equal(
      @Nullable JsonNode left, @Nullable JsonNode right, Evaluation evaluation) {
    if (left == right) {
      return left != null && !(left instanceof DoubleNode real && Double.isNaN(real.doubleValue()));
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof StringNode one) {
      return right instanceof StringNode other && one.stringValue().equals(other.stringValue());
    }
    if (left instanceof NumericNode) {
      return right instanceof NumericNode && numbersEqual(left, right);
    }
    if (left instanceof ArrayNode one) {
      return right instanceof ArrayNode other && arraysEqual(one, other, evaluation);
    }
    if (left instanceof ObjectNode one) {
      return right instanceof ObjectNode other && objectsEqual(one, other, evaluation);
    }
    return left instanceof BooleanNode one
        ? right instanceof BooleanNode other && one.booleanValue() == other.booleanValue()
        : left instanceof NullNode && right instanceof NullNode;
  }

  private static boolean numbersEqual(JsonNode left, JsonNode right) {
    return left instanceof IntNode one && right instanceof IntNode other
        ? one.intValue() == other.intValue()
        : toDouble(left) == toDouble(right);
  }

  private static boolean arraysEqual(ArrayNode left, ArrayNode right, Evaluation evaluation) {
    var size = left.size();
    if (size != right.size()) {
      return false;
    }
    for (var i = 0; i < size; i++) {
      evaluation.step();
      if (!equal(left.get(i), right.get(i), evaluation)) {
        return false;
      }
    }
    return true;
  }

  private static boolean objectsEqual(ObjectNode left, ObjectNode right, Evaluation evaluation) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var member : left.properties()) {
      evaluation.step();
      if (!equal(member.getValue(), right.get(member.getKey()), evaluation)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two values are one: equal scalars, or the very same container or function. */
  public static boolean identical(JsonNode left, JsonNode right) {
    if (left instanceof StringNode one) {
      return right instanceof StringNode other && one.stringValue().equals(other.stringValue());
    }
    if (left instanceof NumericNode) {
      return right instanceof NumericNode && numbersEqual(left, right);
    }
    return left == right;
  }

  /** What a name means to a value: the member, or all the members of what is in an array. */
  public static @Nullable JsonNode lookup(
      @Nullable JsonNode input, String name, Evaluation evaluation) {
    if (input instanceof ObjectNode object) {
      return object.get(name);
    }
    if (!(input instanceof ArrayNode array)) {
      return null;
    }
    var size = array.size();
    var found = Items.sequence(size);
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var value = lookup(array.get(i), name, evaluation);
      if (value != null) {
        found.append(value, evaluation);
      }
    }
    return found;
  }

  /** A sequence as the value it stands for; anything else as it is. */
  public static @Nullable JsonNode unwrap(@Nullable JsonNode value) {
    return value instanceof Items items ? items.unwrapped() : value;
  }

  /** The name of a value's type, as {@code $type} gives it. Errors: D1001 if it is infinite. */
  public static String type(JsonNode value) {
    return switch (value) {
      case NullNode _ -> "null";
      case NumericNode _ -> isFinite(value) ? "number" : "object";
      case StringNode _ -> "string";
      case BooleanNode _ -> "boolean";
      case ArrayNode _ -> "array";
      case FunctionValue _ -> "function";
      default -> "object";
    };
  }
}
