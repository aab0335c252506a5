package io.stepwise.jsonata.function;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.time.IntegerPicture;
import io.stepwise.jsonata.time.NumberPicture;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions of numbers, and casts to number and truth. */
final class NumberFunctions {
  private static final double SHIFT_MAX = 1000;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
  private static final Pattern RADIX =
      Pattern.compile("^0[xX][0-9A-Fa-f]+|0[oO][0-7]+|0[bB][0-1]+$");

  private NumberFunctions() {}

  static void define(Library library) {
    library.define("number", "<(nsb)-:n>", 1, NumberFunctions::number);
    library.define("abs", "<n-:n>", 1, (_, a) -> real(a[0], Math::abs));
    library.define("floor", "<n-:n>", 1, (_, a) -> real(a[0], Math::floor));
    library.define("ceil", "<n-:n>", 1, (_, a) -> real(a[0], Math::ceil));
    library.define("round", "<n-n?:n>", 2, NumberFunctions::round);
    library.define("sqrt", "<n-:n>", 1, NumberFunctions::sqrt);
    library.define("power", "<n-n:n>", 2, NumberFunctions::power);
    library.define("sum", "<a<n>:n>", 1, NumberFunctions::sum);
    library.define("max", "<a<n>:n>", 1, (e, a) -> extreme(e, a[0], true));
    library.define("min", "<a<n>:n>", 1, (e, a) -> extreme(e, a[0], false));
    library.define("average", "<a<n>:n>", 1, NumberFunctions::average);
    library.define("boolean", "<x-:b>", 1, (_, a) -> truth(a[0], true));
    library.define("not", "<x-:b>", 1, (_, a) -> truth(a[0], false));
    library.define("formatBase", "<n-n?:s>", 2, NumberFunctions::formatBase);
    library.define("formatNumber", "<n-so?:s>", 3, NumberFunctions::formatNumber);
    library.define("formatInteger", "<n-s:s>", 2, NumberFunctions::formatInteger);
    library.define("parseInteger", "<s-s:n>", 2, NumberFunctions::parseInteger);
  }

  private interface Operation {
    double apply(double value);
  }

  private static @Nullable JsonNode real(@Nullable JsonNode value, Operation operation) {
    return value == null ? null : Values.number(operation.apply(Values.toDouble(value)));
  }

  private static @Nullable JsonNode number(Evaluation evaluation, @Nullable JsonNode[] a) {
    var value = a[0];
    if (value == null || value instanceof NumericNode) {
      return value;
    }
    if (value instanceof BooleanNode bool) {
      return Values.number(bool.booleanValue() ? 1 : 0);
    }
    var text = Values.string(value);
    evaluation.steps(text.length() >> 4);
    if (DECIMAL.matcher(text).matches()) {
      var number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return Values.number(number);
      }
    } else if (RADIX.matcher(text).find()) {
      return Values.number(ofRadix(text));
    }
    throw JsonataException.of("D3030", value);
  }

  /** What only contains such a number is no number at all, says the reference implementation. */
  private static double ofRadix(String text) {
    var digitBits =
        text.length() < 3 || text.charAt(0) != '0'
            ? 0
            : switch (text.charAt(1)) {
              case 'x', 'X' -> 4;
              case 'o', 'O' -> 3;
              case 'b', 'B' -> 1;
              default -> 0;
            };
    if (digitBits == 0) {
      return Double.NaN;
    }
    var first = text.length(); // of those that count
    for (var i = text.length() - 1; i >= 2; i--) {
      var digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 1 << digitBits) : -1;
      if (digit < 0) {
        return Double.NaN;
      }
      if (digit > 0) {
        first = i;
      }
    }
    var digits = text.substring(first);
    if (digits.isEmpty()) {
      return 0;
    }
    // Reading so many digits would take the square of their number.
    return (digits.length() - 1L) * digitBits > Double.MAX_EXPONENT
        ? Double.POSITIVE_INFINITY
        : new BigInteger(digits, 1 << digitBits).doubleValue();
  }

  private static @Nullable JsonNode round(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var precision = a[1] == null ? 0 : Values.toDouble(a[1]);
    if (Double.isNaN(precision)) {
      precision = 0;
    }
    if (precision != Math.rint(precision) || Double.isInfinite(precision)) {
      return Values.number(Double.NaN);
    }
    // Beyond that, all is shifted out of what a double can be.
    var shift = (int) Math.clamp(precision, -SHIFT_MAX, SHIFT_MAX);
    return Values.number(Values.round(Values.toDouble(a[0]), shift));
  }

  private static @Nullable JsonNode sqrt(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] != null && Values.toDouble(a[0]) < 0) {
      throw JsonataException.of("D3060", a[0]);
    }
    return real(a[0], Math::sqrt);
  }

  private static @Nullable JsonNode power(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var result = Math.pow(Values.toDouble(a[0]), a[1] == null ? Double.NaN : Values.toDouble(a[1]));
    if (!Double.isFinite(result)) {
      throw JsonataException.of("D3061", a[0], a[1]);
    }
    return Values.number(result);
  }

  private static @Nullable JsonNode sum(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array)) {
      return null;
    }
    return Values.number(total(array, evaluation));
  }

  private static double total(ArrayNode array, Evaluation evaluation) {
    var size = array.size();
    evaluation.steps(size >> 2);
    var total = 0.0;
    for (var i = 0; i < size; i++) {
      total += Values.toDouble(array.get(i));
    }
    return total;
  }

  private static @Nullable JsonNode average(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (!(a[0] instanceof ArrayNode array) || array.isEmpty()) {
      return null;
    }
    return Values.number(total(array, evaluation) / array.size());
  }

  private static @Nullable JsonNode extreme(
      Evaluation evaluation, @Nullable JsonNode value, boolean greatest) {
    if (!(value instanceof ArrayNode array) || array.isEmpty()) {
      return null;
    }
    var size = array.size();
    evaluation.steps(size >> 2);
    var best = Values.toDouble(array.get(0));
    for (var i = 1; i < size; i++) {
      var other = Values.toDouble(array.get(i));
      best = greatest ? Math.max(best, other) : Math.min(best, other);
    }
    return Values.number(best);
  }

  private static @Nullable JsonNode truth(@Nullable JsonNode value, boolean wanted) {
    return value == null ? null : Values.bool(Values.truth(value) == wanted);
  }

  private static @Nullable JsonNode formatBase(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var value = Values.round(Values.toDouble(a[0]), 0);
    var radix = a[1] == null ? 10 : Values.round(Values.toDouble(a[1]), 0);
    if (radix < 2 || radix > 36) {
      throw JsonataException.of("D3100", Values.number(radix));
    }
    if (!Double.isFinite(value)) {
      return Values.text(Text.script(value));
    }
    return TextFunctions.text(
        radix == 10
            ? Text.script(value)
            : new BigDecimal(value).toBigInteger().toString((int) radix),
        evaluation);
  }

  private static @Nullable JsonNode formatNumber(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var options = a[2] instanceof ObjectNode object ? object : null;
    var picture = a[1] == null ? "undefined" : Values.string(a[1]);
    evaluation.steps(picture.length());
    return TextFunctions.text(
        NumberPicture.format(Values.toDouble(a[0]), picture, options), evaluation);
  }

  private static @Nullable JsonNode formatInteger(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var value = Math.floor(Values.toDouble(a[0]));
    var picture = a[1] == null ? "1" : Values.string(a[1]);
    var format = IntegerPicture.parse(picture);
    if (format.isRoman()) {
      evaluation.text((long) Math.min(1e12, Math.abs(value) / 1000));
    }
    return TextFunctions.text(format.format(value), evaluation);
  }

  private static @Nullable JsonNode parseInteger(Evaluation evaluation, @Nullable JsonNode[] a) {
    if (a[0] == null) {
      return null;
    }
    var text = Values.string(a[0]);
    evaluation.steps(text.length());
    return Values.number(IntegerPicture.parse(a[1] == null ? "1" : Values.string(a[1])).read(text));
  }

  static Items sequence(JsonNode first, Evaluation evaluation) {
    var items = Items.sequence();
    items.push(first, evaluation);
    return items;
  }

  static boolean isWhole(JsonNode value) {
    return value instanceof IntNode;
  }
}
