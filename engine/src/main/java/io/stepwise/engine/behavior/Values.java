package io.stepwise.engine.behavior;

import io.stepwise.asl.model.ValueSource;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.JsonNumbers;
import io.stepwise.expression.jsonpath.PayloadTemplate;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Evaluates the fields that may be given as a literal, a path, or an expression. */
final class Values {
  private Values() {}

  /** The value, whatever its type. */
  static JsonNode evaluate(ValueSource source, Bindings bindings) throws EvaluationException {
    return switch (source) {
      case ValueSource.Literal(var field, var value) -> value;
      case ValueSource.FromPath(var field, var expression) ->
          field.equals("ErrorPath") || field.equals("CausePath")
              ? PayloadTemplate.evaluateField(expression, field, bindings)
              : expression.evaluate(bindings);
      case ValueSource.FromJsonata(var field, var expression) ->
          expression.evaluate(bindings, field);
    };
  }

  /** Text, or null where the definition leaves the field out. */
  static @Nullable String text(@Nullable ValueSource source, Bindings bindings)
      throws EvaluationException {
    if (source == null) {
      return null;
    }
    var value = evaluate(source, bindings);
    if (value.isString()) {
      return value.stringValue();
    }
    throw switch (source) {
      case ValueSource.FromJsonata(var field, var expression) ->
          unexpectedType(expression.expressionText(), field, "string", value);
      case ValueSource.Literal literal -> notText(literal.field(), "", value);
      case ValueSource.FromPath(var field, var expression) ->
          notText(field, ": " + expression.text(), value);
    };
  }

  /** A whole number of at least {@code min}, or 0 where the definition leaves the field out. */
  static long integer(@Nullable ValueSource source, Bindings bindings, long min)
      throws EvaluationException {
    if (source == null) {
      return 0;
    }
    var value = number(source, evaluate(source, bindings));
    if (isWhole(value)) {
      var number = JsonNumbers.toLong(value);
      if (number >= min) {
        return number;
      }
    }
    throw switch (source) {
      case ValueSource.FromJsonata(var field, var expression) when !value.isNumber() ->
          unexpectedType(expression.expressionText(), field, "number", value);
      case ValueSource.FromJsonata(var field, var expression) ->
          new EvaluationException(
              ErrorNames.QUERY_EVALUATION_ERROR,
              "The "
                  + field
                  + " field refers to value \""
                  + print(value)
                  + "\" which is not a valid "
                  + (isWhole(value) ? "value" : "integer"),
              field);
      case ValueSource.Literal literal -> notInteger(literal.field(), value, "");
      case ValueSource.FromPath(var field, var expression) ->
          notInteger(field, value, ": " + expression.text());
    };
  }

  /** A number, or −1 where the definition leaves the field out. */
  static double number(@Nullable ValueSource source, Bindings bindings) throws EvaluationException {
    if (source == null) {
      return -1;
    }
    var value = number(source, evaluate(source, bindings));
    if (value.isNumber()) {
      return JsonNumbers.toDouble(value);
    }
    throw switch (source) {
      case ValueSource.FromJsonata(var field, var expression) ->
          unexpectedType(expression.expressionText(), field, "number", value);
      case ValueSource.Literal literal -> notFloat(literal.field(), value, "");
      case ValueSource.FromPath(var field, var expression) ->
          notFloat(field, value, ": " + expression.text());
    };
  }

  /** A path may lead to a number that is written as text. */
  private static JsonNode number(ValueSource source, JsonNode value) {
    if (source instanceof ValueSource.FromPath && value.isString()) {
      try {
        return Json.nodes().numberNode(new BigDecimal(value.stringValue()));
      } catch (NumberFormatException e) {
        return value;
      }
    }
    return value;
  }

  /** AWS's words for a JSONata result of the wrong type. */
  static EvaluationException unexpectedType(
      String expression, String field, String expected, JsonNode value) {
    return new EvaluationException(
        ErrorNames.QUERY_EVALUATION_ERROR,
        "The JSONata expression '"
            + expression
            + "' specified for the field '"
            + field
            + "' returned an unexpected result type. Expected '"
            + expected
            + "', but was '"
            + typeName(value)
            + "' for value: "
            + Json.print(value),
        field);
  }

  /** Whether a value is a number without a fraction. */
  static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber()
        || (value.isNumber()
            && JsonNumbers.toDouble(value) == Math.rint(JsonNumbers.toDouble(value)));
  }

  /** Text without quotes, anything else as JSON. */
  static String print(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.print(value);
  }

  private static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case STRING -> "string";
      case NULL, MISSING -> "null";
      case OBJECT, POJO, BINARY -> "object";
    };
  }

  private static EvaluationException notInteger(String field, JsonNode value, String where) {
    return refersTo(field, value, "a valid integer", where);
  }

  private static EvaluationException notFloat(String field, JsonNode value, String where) {
    return refersTo(field, value, "a valid float", where);
  }

  private static EvaluationException notText(String field, String where, JsonNode value) {
    return refersTo(field, value, "a valid string", where);
  }

  private static EvaluationException refersTo(
      String field, JsonNode value, String expected, String where) {
    return new EvaluationException(
        ErrorNames.RUNTIME,
        "The "
            + field
            + " field refers to value \""
            + print(value)
            + "\" which is not "
            + expected
            + where);
  }
}
