package io.stepwise.jsonata.time;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Text;
import io.stepwise.jsonata.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a whole number is written: digits, letters, Roman or English.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, §4.6, as far as JSONata takes it.
 */
public final class IntegerPicture {
  /** The zeros of the groups of decimal digits. */
  private static final String ZEROS =
      "0\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0"
          + "\u0f20\u1040\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620"
          + "\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0\uff10";

  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN_DIGITS = {
    "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
  };

  enum Kind {
    DECIMAL,
    LETTERS,
    ROMAN,
    WORDS,
    SEQUENCE
  }

  private record Separator(int position, String character) {}

  final Kind kind;
  final boolean ordinal;
  private final char letterCase;
  private final String primary;
  private final List<Separator> separators = new ArrayList<>();
  private char zero = '0';
  int mandatoryDigits;
  int optionalDigits;
  int parseWidth;
  int parseWidthMax;

  private IntegerPicture(String picture) {
    var semicolon = picture.lastIndexOf(';');
    primary = semicolon < 0 ? picture : picture.substring(0, semicolon);
    ordinal = semicolon >= 0 && picture.startsWith("o", semicolon + 1);
    letterCase =
        switch (primary) {
          case "A", "I", "W" -> 'u';
          case "Ww" -> 't';
          default -> 'l';
        };
    kind =
        switch (primary) {
          case "A", "a" -> Kind.LETTERS;
          case "I", "i" -> Kind.ROMAN;
          case "W", "w", "Ww" -> Kind.WORDS;
          default -> readDigits() ? Kind.DECIMAL : Kind.SEQUENCE;
        };
  }

  /** Reads a picture. Errors: D3131. */
  public static IntegerPicture parse(String picture) {
    return new IntegerPicture(picture);
  }

  private boolean readDigits() {
    var position = 0;
    var points = primary.codePoints().toArray();
    for (var i = points.length - 1; i >= 0; i--) {
      var group = zeroOf(points[i]);
      if (group != 0) {
        if (mandatoryDigits == 0) {
          zero = group;
        } else if (group != zero) {
          throw JsonataException.of("D3131");
        }
        mandatoryDigits++;
        position++;
      } else if (points[i] == '#') {
        optionalDigits++;
        position++;
      } else {
        separators.add(new Separator(position, Character.toString(points[i])));
      }
    }
    return mandatoryDigits > 0;
  }

  private static char zeroOf(int point) {
    for (var i = 0; i < ZEROS.length(); i++) {
      var group = ZEROS.charAt(i);
      if (point >= group && point <= group + 9) {
        return group;
      }
    }
    return 0;
  }

  /** Whether it writes Roman numbers, which grow long. */
  public boolean isRoman() {
    return kind == Kind.ROMAN;
  }

  /** The distance between separators, if it is always the same; else 0. */
  int regularGrouping() {
    if (separators.isEmpty()) {
      return 0;
    }
    var character = separators.getFirst().character;
    var factor = 0;
    for (var separator : separators) {
      if (!separator.character.equals(character)) {
        return 0;
      }
      factor = gcd(separator.position, factor);
    }
    for (var i = 1; i <= separators.size(); i++) {
      var wanted = i * factor;
      if (separators.stream().noneMatch(separator -> separator.position == wanted)) {
        return 0;
      }
    }
    return factor;
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The character between the last two digits and those before, if that is all there is. */
  @Nullable String separatorOfTwo() {
    return separators.size() == 1 && separators.getFirst().position == 2
        ? separators.getFirst().character
        : null;
  }

  private JsonataException unsupported() {
    return JsonataException.of("D3130", Values.text(primary));
  }

  /** A number as text. Errors: D3130 for a sequence we don't know. */
  public String format(double value) {
    var size = Math.abs(value);
    var text =
        switch (kind) {
          case LETTERS -> cased(letters(size));
          case ROMAN -> cased(roman(size));
          case WORDS -> Words.of(size, ordinal, letterCase);
          case DECIMAL -> decimal(size);
          case SEQUENCE -> throw unsupported();
        };
    return value < 0 ? "-" + text : text;
  }

  private String cased(String text) {
    return letterCase == 'u' ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String letters(double value) {
    var text = new StringBuilder();
    for (var rest = value; rest > 0 && text.length() < 300; rest = Math.floor((rest - 1) / 26)) {
      text.append((char) ('a' + (int) ((rest - 1) % 26)));
    }
    return text.reverse().toString();
  }

  private static String roman(double value) {
    var text = new StringBuilder();
    var rest = value;
    if (rest >= 1000) {
      var thousands = (int) Math.min(1e9, Math.floor(rest / 1000));
      text.append("m".repeat(thousands));
      rest -= thousands * 1000.0;
    }
    for (var i = 1; i < ROMAN_VALUES.length; i++) {
      while (rest >= ROMAN_VALUES[i]) {
        text.append(ROMAN_DIGITS[i]);
        rest -= ROMAN_VALUES[i];
      }
    }
    return text.toString();
  }

  private String decimal(double value) {
    var text = new StringBuilder(Text.script(value));
    if (text.length() < mandatoryDigits) {
      text.insert(0, "0".repeat(mandatoryDigits - text.length()));
    }
    if (zero != '0') {
      for (var i = 0; i < text.length(); i++) {
        text.setCharAt(i, (char) (text.charAt(i) + zero - '0'));
      }
    }
    var grouping = regularGrouping();
    if (grouping > 0) {
      var character = separators.getFirst().character;
      for (var at = text.length() - grouping; at > 0; at -= grouping) {
        text.insert(at, character);
      }
    } else {
      for (var separator : separators.reversed()) {
        var at = text.length() - separator.position;
        if (at < 0) {
          // Where there are fewer digits, it stands before as many as are missing.
          text.delete(0, Math.max(0, text.length() + at));
        }
        text.insert(Math.max(0, at), separator.character);
      }
    }
    if (ordinal) {
      var last = text.isEmpty() ? '0' : text.charAt(text.length() - 1);
      var teen = text.length() > 1 && text.charAt(text.length() - 2) == '1';
      text.append(
          teen ? "th" : last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th");
    }
    return text.toString();
  }

  /** The number a text stands for; not a number if it stands for none. Errors: D3130. */
  public double read(String text) {
    return switch (kind) {
      case LETTERS -> readLetters(text);
      case ROMAN -> readRoman(letterCase == 'u' ? text : text.toUpperCase(Locale.ROOT));
      case WORDS -> Words.read(text);
      case DECIMAL -> readDecimal(text);
      case SEQUENCE -> throw unsupported();
    };
  }

  private double readLetters(String text) {
    var value = 0.0;
    for (var i = 0; i < text.length(); i++) {
      var digit = text.charAt(text.length() - i - 1) - (letterCase == 'u' ? 'A' : 'a') + 1;
      value += digit * Math.pow(26, i); // a power, not a product: beyond 2^53 they differ
    }
    return value;
  }

  private static double readRoman(String text) {
    var value = 0.0;
    var most = 1.0;
    for (var i = text.length() - 1; i >= 0; i--) {
      var digit =
          switch (text.charAt(i)) {
            case 'M' -> 1000;
            case 'D' -> 500;
            case 'C' -> 100;
            case 'L' -> 50;
            case 'X' -> 10;
            case 'V' -> 5;
            case 'I' -> 1;
            default -> Double.NaN;
          };
      if (digit < most) {
        value -= digit;
      } else {
        most = digit;
        value += digit;
      }
    }
    return value;
  }

  private double readDecimal(String text) {
    var digits = ordinal && text.length() >= 2 ? text.substring(0, text.length() - 2) : text;
    if (regularGrouping() > 0) {
      digits = digits.replace(",", "");
    } else {
      for (var separator : separators) {
        digits = digits.replace(separator.character, "");
      }
    }
    if (zero != '0') {
      var mapped = new StringBuilder();
      digits.chars().forEach(c -> mapped.append((char) (c - zero + '0')));
      digits = mapped.toString();
    }
    return leadingInteger(digits);
  }

  /** The whole number a text begins with, as JavaScript's parseInt has it. */
  static double leadingInteger(String text) {
    var trimmed = text.strip();
    var end = trimmed.startsWith("-") || trimmed.startsWith("+") ? 1 : 0;
    var start = end;
    while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
      end++;
    }
    return end == start ? Double.NaN : Double.parseDouble(trimmed.substring(0, end));
  }

  /** What such a number looks like, as a regular expression. Errors: D3130. */
  String pattern() {
    return switch (kind) {
      case LETTERS -> letterCase == 'u' ? "[A-Z]+" : "[a-z]+";
      case ROMAN -> letterCase == 'u' ? "[MDCLXVI]+" : "[mdclxvi]+";
      case WORDS -> Words.pattern();
      case DECIMAL ->
          "[0-9]"
              + (parseWidth > 0 ? "{" + parseWidth + "," + parseWidthMax + "}" : "+")
              + (ordinal ? "(?:th|st|nd|rd)" : "");
      case SEQUENCE -> throw unsupported();
    };
  }
}
