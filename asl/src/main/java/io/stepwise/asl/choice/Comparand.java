package io.stepwise.asl.choice;

import io.stepwise.asl.choice.Operator.Operand;
import io.stepwise.expression.JsonNumbers;
import java.time.Instant;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** One side of a comparison, of the type its operator compares. */
public sealed interface Comparand {

  /** Text, ordered by code unit. */
  record Text(String value) implements Comparand {}

  /** A number, compared by value. */
  record Numeric(JsonNode value) implements Comparand {}

  /** True or false. */
  record Truth(boolean value) implements Comparand {}

  /** A point in time. */
  record Time(Instant value) implements Comparand {}

  /** Anything of another type: compares with nothing. */
  record Other() implements Comparand {}

  /** {@code value} as an operator of that type sees it. */
  static Comparand of(Operand type, JsonNode value) {
    return switch (type) {
      case STRING -> value.isString() ? new Text(value.stringValue()) : new Other();
      case NUMERIC -> value.isNumber() ? new Numeric(value) : new Other();
      case BOOLEAN -> value.isBoolean() ? new Truth(value.booleanValue()) : new Other();
      case TIMESTAMP -> {
        var time = value.isString() ? Timestamps.parse(value.stringValue()) : null;
        yield time == null ? new Other() : new Time(time);
      }
    };
  }

  /** The order of the two, or empty if they do not compare. */
  default OptionalInt compareTo(Comparand that) {
    return switch (this) {
      case Text(var left) when that instanceof Text(var right) ->
          OptionalInt.of(left.compareTo(right));
      case Numeric(var left) when that instanceof Numeric(var right) ->
          OptionalInt.of(JsonNumbers.compare(left, right));
      case Truth(var left) when that instanceof Truth(var right) ->
          OptionalInt.of(Boolean.compare(left, right));
      case Time(var left) when that instanceof Time(var right) ->
          OptionalInt.of(left.compareTo(right));
      case Text _, Numeric _, Truth _, Time _, Other _ -> OptionalInt.empty();
    };
  }
}
