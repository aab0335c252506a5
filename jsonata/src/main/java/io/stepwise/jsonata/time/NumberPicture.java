package io.stepwise.jsonata.time;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How a number is written by {@code $formatNumber}.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, §4.7.
 */
public final class NumberPicture {
  private final String decimal;
  private final String grouping;
  private final String exponent;
  private final String minus;
  private final String percent;
  private final String perMille;
  private final String zero;
  private final String digit;
  private final String separator;

  private NumberPicture(@Nullable ObjectNode options) {
    decimal = option(options, "decimal-separator", ".");
    grouping = option(options, "grouping-separator", ",");
    exponent = option(options, "exponent-separator", "e");
    minus = option(options, "minus-sign", "-");
    percent = option(options, "percent", "%");
    perMille = option(options, "per-mille", "\u2030");
    zero = option(options, "zero-digit", "0");
    digit = option(options, "digit", "#");
    separator = option(options, "pattern-separator", ";");
  }

  private static String option(@Nullable ObjectNode options, String name, String otherwise) {
    return options != null && options.get(name) instanceof StringNode text
        ? text.stringValue()
        : otherwise;
  }

  /** A number as text. Errors: D3080 to D3093 for a picture that is none. */
  public static String format(double value, String picture, @Nullable ObjectNode options) {
    return new NumberPicture(options).format(value, picture);
  }

  /** A picture of one sign, taken apart. */
  private final class Part {
    final String picture;
    String prefix;
    final String suffix;
    final String active;
    final String mantissa;
    final @Nullable String exponentPart;
    final String integer;
    final String fraction;
    int integerMin;
    int scale;
    int fractionMin;
    int fractionMax;
    int exponentMin;

    Part(String picture) {
      this.picture = picture;
      var begin = 0;
      while (begin < picture.length() && !isActiveButExponent(picture.charAt(begin))) {
        begin++;
      }
      if (begin == picture.length()) {
        throw JsonataException.of("D3086"); // no digit in it at all. Source: AWS, measured
      }
      var end = picture.length();
      while (!isActiveButExponent(picture.charAt(end - 1))) {
        end--;
      }
      prefix = picture.substring(0, begin);
      suffix = picture.substring(end);
      active = picture.substring(begin, end);
      var at = picture.indexOf(exponent, begin);
      if (at < 0 || at > end) {
        mantissa = active;
        exponentPart = null;
      } else {
        mantissa = active.substring(0, Math.min(at, active.length()));
        exponentPart = active.substring(Math.min(at + 1, active.length()));
      }
      var point = mantissa.indexOf(decimal);
      integer = point < 0 ? mantissa : mantissa.substring(0, point);
      fraction = point < 0 ? suffix : mantissa.substring(point + 1);
    }

    /** Of several faults the last is named, as the reference implementation does. */
    void validate() {
      String fault = null;
      if (isTwice(decimal)) {
        fault = "D3081";
      }
      if (isTwice(percent)) {
        fault = "D3082";
      }
      if (isTwice(perMille)) {
        fault = "D3083";
      }
      if (picture.contains(percent) && picture.contains(perMille)) {
        fault = "D3084";
      }
      if (count(mantissa, true) == 0) {
        fault = "D3085";
      }
      if (!active
          .chars()
          .allMatch(c -> isActiveButExponent((char) c) || exponent.indexOf(c) >= 0)) {
        fault = "D3086";
      }
      var point = picture.indexOf(decimal);
      if (point >= 0) {
        if (point > 0 && picture.startsWith(grouping, point - 1)
            || picture.startsWith(grouping, point + 1)) {
          fault = "D3087";
        }
      } else if (integer.endsWith(grouping)) {
        fault = "D3088";
      }
      if (picture.contains(grouping + grouping)) {
        fault = "D3089";
      }
      var optional = integer.indexOf(digit);
      if (optional >= 0 && count(integer.substring(0, optional), false) > 0) {
        fault = "D3090";
      }
      optional = fraction.lastIndexOf(digit);
      if (optional >= 0 && count(fraction.substring(optional), false) > 0) {
        fault = "D3091";
      }
      if (exponentPart != null) {
        if (!exponentPart.isEmpty() && (picture.contains(percent) || picture.contains(perMille))) {
          fault = "D3092";
        }
        if (exponentPart.isEmpty() || count(exponentPart, false) < exponentPart.length()) {
          fault = "D3093";
        }
      }
      if (fault != null) {
        throw JsonataException.of(fault);
      }
    }

    private boolean isTwice(String sign) {
      return picture.indexOf(sign) != picture.lastIndexOf(sign);
    }

    void analyse() {
      integerMin = count(integer, false);
      scale = integerMin;
      fractionMin = count(fraction, false);
      fractionMax = count(fraction, true);
      if (integerMin == 0 && fractionMax == 0) {
        if (exponentPart != null) {
          fractionMin = 1;
          fractionMax = 1;
        } else {
          integerMin = 1;
        }
      }
      if (exponentPart != null && integerMin == 0 && integer.contains(digit)) {
        integerMin = 1;
      }
      if (integerMin == 0 && fractionMin == 0) {
        fractionMin = 1;
      }
      exponentMin = exponentPart == null ? 0 : count(exponentPart, false);
    }

    /** How many digits stand right (or, in a fraction, left) of each grouping separator. */
    List<Integer> groupings(String part, boolean left) {
      var positions = new ArrayList<Integer>();
      var at = part.indexOf(grouping);
      while (at >= 0 && at <= part.length()) {
        positions.add(count(left ? part.substring(0, at) : part.substring(at), true));
        at = integer.indexOf(grouping, at + 1);
      }
      return positions;
    }
  }

  private boolean isActiveButExponent(char c) {
    return isDigit(c)
        || decimal.indexOf(c) >= 0
        || grouping.indexOf(c) >= 0
        || digit.indexOf(c) >= 0
        || separator.indexOf(c) >= 0;
  }

  private boolean isDigit(char c) {
    return c >= zero.charAt(0) && c <= zero.charAt(0) + 9;
  }

  private int count(String part, boolean optionalToo) {
    return (int)
        part.chars().filter(c -> isDigit((char) c) || optionalToo && digit.indexOf(c) >= 0).count();
  }

  private String format(double value, String picture) {
    var pictures = picture.split(java.util.regex.Pattern.quote(separator), -1);
    if (pictures.length > 2) {
      throw JsonataException.of("D3080");
    }
    var parts = new ArrayList<Part>();
    for (var each : pictures) {
      parts.add(new Part(each));
    }
    parts.forEach(Part::validate);
    if (parts.size() == 1) {
      var negative = new Part(picture);
      negative.prefix = minus + negative.prefix;
      parts.add(negative);
    }
    parts.forEach(Part::analyse);
    return format(value, value >= 0 ? parts.getFirst() : parts.getLast());
  }

  private String format(double value, Part part) {
    var adjusted = value;
    if (part.picture.contains(percent)) {
      adjusted = value * 100;
    } else if (part.picture.contains(perMille)) {
      adjusted = value * 1000;
    }
    var power = 0;
    if (part.exponentPart != null) {
      var most = Math.pow(10, part.scale);
      var least = Math.pow(10, part.scale - 1);
      // Zero and what is below have no such power; the reference implementation seeks it forever.
      while (adjusted < least && adjusted > 0) {
        adjusted *= 10;
        power--;
      }
      while (adjusted > most && Double.isFinite(adjusted)) {
        adjusted /= 10;
        power++;
      }
    }
    var text =
        new StringBuilder(digits(Values.round(adjusted, part.fractionMax), part.fractionMax));
    var point = text.indexOf(".");
    if (point < 0) {
      text.append(decimal);
    } else {
      text.replace(point, point + 1, decimal);
    }
    while (text.length() > 0 && text.charAt(0) == zero.charAt(0)) {
      text.deleteCharAt(0);
    }
    while (text.length() > 0 && text.charAt(text.length() - 1) == zero.charAt(0)) {
      text.deleteCharAt(text.length() - 1);
    }
    point = text.indexOf(decimal);
    text.insert(0, zero.repeat(Math.max(0, part.integerMin - point)));
    point = text.indexOf(decimal);
    text.append(zero.repeat(Math.max(0, part.fractionMin - (text.length() - point - 1))));
    group(text, part);
    point = text.indexOf(decimal);
    if (!part.picture.contains(decimal) || point == text.length() - 1) {
      text.setLength(Math.max(0, text.length() - 1));
    }
    if (part.exponentPart != null) {
      var size = digits(power, 0);
      text.append(exponent)
          .append(power < 0 ? minus : "")
          .append(zero.repeat(Math.max(0, part.exponentMin - size.length())))
          .append(size);
    }
    return part.prefix + text + part.suffix;
  }

  private void group(StringBuilder text, Part part) {
    var positions = part.groupings(part.integer, false);
    var point = text.indexOf(decimal);
    var regular = regular(positions);
    if (regular > 0) {
      for (var at = point - regular; at > 0; at -= regular) {
        text.insert(at, grouping);
      }
    } else {
      for (var position : positions) {
        if (point - position >= 0) {
          text.insert(point - position, grouping);
          point++;
        }
      }
    }
    point = text.indexOf(decimal);
    for (var position : part.groupings(part.fraction, true)) {
      if (position + point + 1 <= text.length()) {
        text.insert(position + point + 1, grouping);
      }
    }
  }

  private static int regular(List<Integer> positions) {
    var factor = 0;
    for (var position : positions) {
      factor = IntegerPicture.gcd(position, factor);
    }
    for (var i = 1; i <= positions.size(); i++) {
      if (!positions.contains(i * factor)) {
        return 0;
      }
    }
    return factor;
  }

  private String digits(double value, int places) {
    var size = Math.abs(value);
    var text =
        size < 1e21
            ? new BigDecimal(size).setScale(places, RoundingMode.HALF_UP).toPlainString()
            : Text.script(size);
    if (zero.equals("0")) {
      return text;
    }
    var mapped = new StringBuilder();
    text.chars()
        .forEach(c -> mapped.append((char) (c >= '0' && c <= '9' ? c - '0' + zero.charAt(0) : c)));
    return mapped.toString();
  }
}
