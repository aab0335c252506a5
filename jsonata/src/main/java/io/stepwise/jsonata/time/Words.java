package io.stepwise.jsonata.time;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers in English words. */
final class Words {
  private static final String[] FEW = {
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen"
  };
  private static final String[] ORDINALS = {
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth"
  };
  private static final String[] DECADES = {
    "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"
  };
  private static final String[] MAGNITUDES = {"Thousand", "Million", "Billion", "Trillion"};
  private static final Map<String, Double> VALUES = values();

  private Words() {}

  private static Map<String, Double> values() {
    var values = new LinkedHashMap<String, Double>();
    for (var i = 0; i < FEW.length; i++) {
      values.put(FEW[i].toLowerCase(Locale.ROOT), (double) i);
      values.put(ORDINALS[i].toLowerCase(Locale.ROOT), (double) i);
    }
    for (var i = 0; i < DECADES.length; i++) {
      var word = DECADES[i].toLowerCase(Locale.ROOT);
      values.put(word, (i + 2) * 10.0);
      values.put(word.substring(0, word.length() - 1) + "ieth", (i + 2) * 10.0);
    }
    values.put("hundredth", 100.0);
    values.put("hundred", 100.0);
    for (var i = 0; i < MAGNITUDES.length; i++) {
      var word = MAGNITUDES[i].toLowerCase(Locale.ROOT);
      values.put(word, Math.pow(10, (i + 1) * 3));
      values.put(word + "th", Math.pow(10, (i + 1) * 3));
    }
    return values;
  }

  static String of(double value, boolean ordinal, char letterCase) {
    var text = new StringBuilder();
    write(value, false, ordinal, text);
    return switch (letterCase) {
      case 'u' -> text.toString().toUpperCase(Locale.ROOT);
      case 'l' -> text.toString().toLowerCase(Locale.ROOT);
      default -> text.toString();
    };
  }

  private static void write(double value, boolean more, boolean ordinal, StringBuilder text) {
    if (value <= 19) {
      text.append(more ? " and " : "").append((ordinal ? ORDINALS : FEW)[(int) value]);
    } else if (value < 100) {
      var rest = value % 10;
      text.append(more ? " and " : "").append(DECADES[(int) (value / 10) - 2]);
      if (rest > 0) {
        text.append('-');
        write(rest, false, ordinal, text);
      } else if (ordinal) {
        text.setLength(text.length() - 1);
        text.append("ieth");
      }
    } else if (value < 1000) {
      text.append(more ? ", " : "").append(FEW[(int) (value / 100)]).append(" Hundred");
      rest(value % 100, ordinal, text);
    } else {
      var magnitude = Math.min(MAGNITUDES.length, (int) Math.floor(Math.log10(value) / 3));
      var factor = Math.pow(10, magnitude * 3);
      var count = Math.floor(value / factor);
      text.append(more ? ", " : "");
      write(count, false, false, text);
      text.append(' ').append(MAGNITUDES[magnitude - 1]);
      rest(value - count * factor, ordinal, text);
    }
  }

  private static void rest(double rest, boolean ordinal, StringBuilder text) {
    if (rest > 0) {
      write(rest, true, ordinal, text);
    } else if (ordinal) {
      text.append("th");
    }
  }

  static double read(String text) {
    var sum = 0.0;
    var last = 0.0;
    for (var word : text.split("(?i),\\s|\\sand\\s|[\\s\\-]", -1)) {
      var value = VALUES.getOrDefault(word.toLowerCase(Locale.ROOT), Double.NaN);
      if (value < 100) {
        if (last >= 1000) {
          sum += last;
          last = 0;
        }
        last += value;
      } else {
        last *= value;
      }
    }
    return sum + last;
  }

  static String pattern() {
    return "(?:" + String.join("|", VALUES.keySet()) + "|and|[\\-, ])+";
  }
}
