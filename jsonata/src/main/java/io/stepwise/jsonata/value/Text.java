package io.stepwise.jsonata.value;

import io.stepwise.jsonata.JsonataException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values as text: JSON with numbers the way JavaScript writes them. */
public final class Text {
  private static final MathContext FIFTEEN = new MathContext(15, RoundingMode.HALF_UP);

  private static final MathContext ONE = new MathContext(1, RoundingMode.HALF_EVEN);

  private Text() {}

  /** The text of a value, as {@code $string} and {@code &} have it. Errors: D1001, D3001. */
  public static String of(JsonNode value, boolean pretty, Evaluation evaluation) {
    if (value instanceof StringNode text) {
      return text.stringValue();
    }
    if (value instanceof FunctionValue) {
      return "";
    }
    if (value instanceof NumericNode && !Double.isFinite(Values.toDouble(value))) {
      throw JsonataException.of("D3001", value);
    }
    if (!(value instanceof ArrayNode || value instanceof ObjectNode)) {
      return scalar(value);
    }
    var text = new StringBuilder();
    var printed = value instanceof Items items && items.isWrapper() ? items.get(0) : value;
    print(printed, text, pretty ? 0 : -1, evaluation);
    evaluation.text(text.length());
    return text.toString();
  }

  private static String scalar(JsonNode value) {
    return switch (value) {
      case NumericNode _ -> number(value);
      case BooleanNode bool -> bool.booleanValue() ? "true" : "false";
      default -> "null";
    };
  }

  private static void print(
      JsonNode value, StringBuilder text, int indent, @Nullable Evaluation evaluation) {
    if (evaluation != null) {
      evaluation.step();
      evaluation.require(2.0 * text.length());
    }
    switch (value) {
      case StringNode string -> quote(string.stringValue(), text);
      case FunctionValue _ -> text.append("\"\"");
      case ArrayNode array -> printArray(array, text, indent, evaluation);
      case ObjectNode object -> printObject(object, text, indent, evaluation);
      case NumericNode _ -> {
        if (evaluation == null) {
          text.append(Double.isFinite(Values.toDouble(value)) ? exact(value) : "null");
        } else {
          text.append(Values.isFinite(value) ? number(value) : "null");
        }
      }
      default -> text.append(scalar(value));
    }
  }

  private static void printArray(
      ArrayNode array, StringBuilder text, int indent, @Nullable Evaluation evaluation) {
    var size = array.size();
    text.append('[');
    for (var i = 0; i < size; i++) {
      separate(text, i, indent);
      print(array.get(i), text, indent < 0 ? -1 : indent + 2, evaluation);
    }
    end(text, size, indent, ']');
  }

  private static void printObject(
      ObjectNode object, StringBuilder text, int indent, @Nullable Evaluation evaluation) {
    text.append('{');
    var i = 0;
    for (var member : object.properties()) {
      separate(text, i++, indent);
      quote(member.getKey(), text);
      text.append(indent < 0 ? ":" : ": ");
      print(member.getValue(), text, indent < 0 ? -1 : indent + 2, evaluation);
    }
    end(text, i, indent, '}');
  }

  private static void separate(StringBuilder text, int index, int indent) {
    if (index > 0) {
      text.append(',');
    }
    if (indent >= 0) {
      text.append('\n').repeat(" ", indent + 2);
    }
  }

  private static void end(StringBuilder text, int size, int indent, char close) {
    if (indent >= 0 && size > 0) {
      text.append('\n').repeat(" ", indent);
    }
    text.append(close);
  }

  /** A value as JSON for a message; undefined is the bare word. */
  public static String quote(@Nullable JsonNode value) {
    if (value == null) {
      return "undefined";
    }
    var text = new StringBuilder();
    print(value, text, -1, null);
    return text.toString();
  }

  /** A text as JSON. */
  public static String quote(String value) {
    var text = new StringBuilder();
    quote(value, text);
    return text.toString();
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c) && isLone(value, i)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLone(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
  }

  /** A number of fifteen digits; whole ones with all of theirs. */
  public static String number(JsonNode number) {
    if (number instanceof IntNode || number instanceof LongNode) {
      return number.numberValue().toString();
    }
    var value = Values.toDouble(number);
    if (value == Math.rint(value)) {
      return exact(number);
    }
    var shortest = Double.toString(value);
    return shortest.length() <= 15
        ? script(value)
        : script(new BigDecimal(value).round(FIFTEEN).doubleValue());
  }

  private static String exact(JsonNode number) {
    return number instanceof IntNode || number instanceof LongNode
        ? number.numberValue().toString()
        : script(Values.toDouble(number));
  }

  /** A double as JavaScript writes it: the shortest digits, plain from 1e-7 to 1e21. */
  public static String script(double value) {
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
    var size = Math.abs(value);
    if (size >= 1e-3 && size < 1e7) {
      return Double.toString(value); // both write it plainly
    }
    var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      // Java writes two digits where one would do.
      var one = decimal.round(ONE);
      decimal = one.doubleValue() == value ? one : decimal;
    }
    if (size >= 1e-6 && size < 1e21) {
      return decimal.toPlainString();
    }
    var digits = decimal.unscaledValue().abs().toString();
    var exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
