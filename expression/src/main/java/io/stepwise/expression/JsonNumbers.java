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
        : Double.compare(left.doubleValue(), right.doubleValue());
  }

  /** Whether a number has a decimal value. */
  public static boolean isFinite(JsonNode number) {
    return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
  }
}
