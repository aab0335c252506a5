package io.stepwise.expression;

import tools.jackson.databind.JsonNode;

/** Numbers of JSON compared by value, whatever their Java type: {@code 1} equals {@code 1.0}. */
public final class JsonNumbers {
  private JsonNumbers() {}

  /** Below, equal to or above zero as the first number is less, equal or greater. */
  public static int compare(JsonNode left, JsonNode right) {
    if (left.isInt() && right.isInt()) {
      return Integer.compare(left.intValue(), right.intValue());
    }
    // JSON text such as 1e999 is read as an infinite double, which has no decimal value.
    return isFinite(left) && isFinite(right)
        ? left.decimalValue().compareTo(right.decimalValue())
        : Double.compare(toDouble(left), toDouble(right));
  }

  /** Whether a number has a decimal value. */
  public static boolean isFinite(JsonNode number) {
    return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
  }

  /** The nearest double; infinite for what is larger than any. Jackson's own would throw there. */
  public static double toDouble(JsonNode number) {
    return number.isBigInteger() || number.isBigDecimal()
        ? number.decimalValue().doubleValue()
        : number.doubleValue();
  }

  /** Without its fraction, the nearest long. Jackson's own would throw for what is larger. */
  public static long toLong(JsonNode number) {
    return number.isInt() || number.isLong() ? number.longValue() : (long) toDouble(number);
  }
}
