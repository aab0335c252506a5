package io.stepwise.asl.validation;

import io.stepwise.asl.choice.Timestamps;
import io.stepwise.expression.JsonNumbers;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The shapes of plain values. */
final class Shapes {
  /** Largest number of seconds AWS accepts. */
  static final int SECONDS_MAX = 99_999_999;

  private Shapes() {}

  /** Any JSON. */
  static Shape any() {
    return (_, _) -> {};
  }

  /** Text. */
  static Shape string() {
    return (value, place) -> {
      if (!value.isString()) {
        place.error("Expected value of type String");
      }
    };
  }

  /** {@code true} or {@code false}. */
  static Shape bool() {
    return (value, place) -> {
      if (!value.isBoolean()) {
        place.error("Expected value of type Boolean");
      }
    };
  }

  /** Any number. */
  static Shape number() {
    return (value, place) -> {
      if (!value.isNumber()) {
        place.error("Expected value of type Number");
      }
    };
  }

  /** A whole number without an upper bound of its own. */
  static Shape integerFrom(int min) {
    return integer(min, Integer.MAX_VALUE);
  }

  /** A whole number, bounds included. */
  static Shape integer(int min, int max) {
    return (value, place) -> {
      if (!value.isIntegralNumber()) {
        place.error("Expected value of type Integer");
        return;
      }
      var number = value.bigIntegerValue();
      if (number.compareTo(BigInteger.valueOf(min)) < 0) {
        place.error("Minimum value is " + min);
      } else if (number.compareTo(BigInteger.valueOf(max)) > 0) {
        place.error("Maximum value is " + max);
      }
    };
  }

  /** A number, bounds included. */
  static Shape decimal(double min, double max) {
    return (value, place) -> {
      if (!value.isNumber()) {
        place.error("Expected value of type Float");
      } else if (JsonNumbers.toDouble(value) < min) {
        place.error("Minimum value is " + min);
      } else if (JsonNumbers.toDouble(value) > max) {
        place.error("Maximum value is " + max);
      }
    };
  }

  /** One of some texts. */
  static Shape oneOf(String... values) {
    var allowed = List.of(values);
    var listed = allowed.stream().collect(Collectors.joining(", ", "[", "]"));
    return (value, place) -> {
      if (!value.isString() || !allowed.contains(value.stringValue())) {
        place.errorOf(
            value.asString(""), allowed, "Value should be one of the following: " + listed);
      }
    };
  }

  /** A point in time. */
  static Shape timestamp() {
    return (value, place) -> {
      if (!value.isString() || Timestamps.parse(value.stringValue()) == null) {
        place.error("String does not match RFC3339 timestamp");
      }
    };
  }

  /** An array that has at least one element. */
  static Shape nonEmptyArray(Shape element) {
    return (value, place) -> {
      if (value.isArray() && value.isEmpty()) {
        place.error("Value cannot be empty");
      } else {
        array(element).check(value, place);
      }
    };
  }

  /** An array. */
  static Shape array(Shape element) {
    return (value, place) -> {
      if (!value.isArray()) {
        place.error("Expected value of type Array");
        return;
      }
      var index = 0;
      for (JsonNode each : value) {
        element.check(each, place.element(index++));
      }
    };
  }
}
