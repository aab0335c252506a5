package io.stepwise.jsonata.time;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.regex.RegexFunction;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Values;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a date and time is written and read.
 *
 * <p>Source: XPath and XQuery Functions and Operators 3.1, §9.8.4, as far as JSONata takes it.
 */
public final class DatePicture {
  private static final DatePicture ISO =
      new DatePicture("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private final List<Part> parts = new ArrayList<>();

  /** Text as it is, or a component. */
  private static final class Part {
    final @Nullable String literal;
    final char component;
    char names;
    boolean utcAsZ;
    int widthMin = -1;
    int widthMax = -1;
    int digits = -1;
    @Nullable IntegerPicture integer;

    Part(@Nullable String literal, char component) {
      this.literal = literal;
      this.component = component;
    }
  }

  private DatePicture(String picture) {
    var from = 0;
    for (var at = 0; at < picture.length(); ) {
      if (picture.charAt(at) != '[') {
        at++;
        continue;
      }
      literal(picture.substring(from, at));
      if (picture.startsWith("[", at + 1)) {
        parts.add(new Part("[", ' '));
        at += 2;
        from = at;
        continue;
      }
      var close = picture.indexOf(']', at);
      if (close < 0) {
        throw JsonataException.of("D3135");
      }
      marker(picture.substring(at + 1, close).replaceAll("\\s+", ""));
      at = close + 1;
      from = at;
    }
    literal(picture.substring(from));
  }

  /** Reads a picture. Errors: D3131, D3132, D3135. */
  public static DatePicture parse(String picture) {
    return new DatePicture(picture);
  }

  /** The one without a picture. */
  public static DatePicture iso() {
    return ISO;
  }

  private void literal(String text) {
    if (!text.isEmpty()) {
      parts.add(new Part(text.replace("]]", "]"), ' '));
    }
  }

  private void marker(String marker) {
    var component = marker.isEmpty() ? ' ' : marker.charAt(0);
    var part = new Part(null, component);
    var comma = marker.lastIndexOf(',');
    var modifier = marker.isEmpty() ? "" : marker.substring(1, comma < 1 ? marker.length() : comma);
    if (comma > 0) {
      var width = marker.substring(comma + 1);
      var dash = width.indexOf('-');
      part.widthMin = width(dash < 0 ? width : width.substring(0, dash));
      part.widthMax = dash < 0 ? -1 : width(width.substring(dash + 1));
    }
    var second = ' ';
    String presentation;
    if (modifier.length() > 1 && "atco".indexOf(modifier.charAt(modifier.length() - 1)) >= 0) {
      second = modifier.charAt(modifier.length() - 1);
      presentation = modifier.substring(0, modifier.length() - 1);
    } else {
      presentation = modifier.isEmpty() ? standard(component) : modifier;
    }
    part.utcAsZ = second == 't';
    if (presentation.startsWith("n")) {
      part.names = 'l';
    } else if (presentation.startsWith("N")) {
      part.names = presentation.startsWith("Nn") ? 't' : 'u';
    } else if ("YMDdFWwXxHhmsf".indexOf(component) >= 0) {
      part.integer =
          IntegerPicture.parse(second == ' ' ? presentation : presentation + ";" + second);
      sizes(part, part.integer);
    }
    if (component == 'Z' || component == 'z') {
      part.integer = IntegerPicture.parse(presentation);
    }
    parts.add(part);
  }

  private void sizes(Part part, IntegerPicture integer) {
    if (part.widthMin >= 0) {
      integer.mandatoryDigits = Math.max(integer.mandatoryDigits, part.widthMin);
    }
    if ("YMD".indexOf(part.component) >= 0) {
      var width = integer.mandatoryDigits + integer.optionalDigits;
      if (part.widthMax >= 0) {
        part.digits = part.widthMax;
        integer.mandatoryDigits = part.widthMax;
      } else if (width >= 2) {
        part.digits = width;
      }
      integer.parseWidth = part.digits < 0 ? 0 : integer.mandatoryDigits;
      integer.parseWidthMax = Math.max(0, part.digits);
    }
    var before = parts.isEmpty() ? null : parts.getLast().integer;
    if (before != null) {
      before.parseWidth = before.mandatoryDigits;
      before.parseWidthMax = before.mandatoryDigits; // nothing else tells where it ends
    }
  }

  private static int width(String text) {
    var value = IntegerPicture.leadingInteger(text);
    return Double.isNaN(value) ? -1 : (int) Math.min(10_000, value);
  }

  private static String standard(char component) {
    return switch (component) {
      case 'Y', 'M', 'D', 'd', 'W', 'w', 'X', 'x', 'H', 'h', 'f' -> "1";
      case 'F', 'P', 'C', 'E' -> "n";
      case 'm', 's' -> "01";
      case 'Z', 'z' -> "01:01";
      default ->
          throw JsonataException.of(
              "D3132", Values.text(component == ' ' ? "" : String.valueOf(component)));
    };
  }

  /** A moment as text, at an offset such as {@code -0500}. Errors: D3130, D3133, D3134. */
  public String format(double millis, @Nullable String timezone) {
    var offset = timezone == null ? 0 : IntegerPicture.leadingInteger(timezone);
    if (Double.isNaN(offset)) {
      offset = 0;
    }
    var hours = (int) Math.floor(offset / 100);
    var minutes = (int) (offset % 100);
    var local = Math.floor(millis) + (60.0 * hours + minutes) * 60_000;
    if (!(Math.abs(local) <= 8.64e15)) {
      throw JsonataException.withText("D3110", "The date is out of range");
    }
    var seconds = (long) Math.floor(local / 1000);
    var time =
        LocalDateTime.ofEpochSecond(
            seconds, ((int) (local - seconds * 1000.0)) * 1_000_000, ZoneOffset.UTC);
    var text = new StringBuilder();
    for (var part : parts) {
      text.append(part.literal != null ? part.literal : format(time, part, hours, minutes));
    }
    return text.toString();
  }

  private static String format(LocalDateTime time, Part part, int hours, int minutes) {
    var component = part.component;
    if ("YMDdFWwXxHhmsf".indexOf(component) >= 0) {
      double value = fragment(time, component);
      if (component == 'Y' && part.digits >= 0) {
        value %= Math.pow(10, part.digits);
      }
      return part.integer != null ? part.integer.format(value) : name(part, (int) value);
    }
    return switch (component) {
      case 'Z', 'z' -> zone(part, hours, minutes);
      case 'P' -> {
        var half = time.getHour() >= 12 ? "pm" : "am";
        yield part.names == 'u' ? half.toUpperCase(Locale.ROOT) : half;
      }
      case 'C', 'E' -> "ISO";
      default -> "undefined";
    };
  }

  private static String name(Part part, int value) {
    var name =
        switch (part.component) {
          case 'M', 'x' -> MONTHS[value - 1];
          case 'F' -> DAYS[value - 1];
          default ->
              throw JsonataException.of("D3133", Values.text(String.valueOf(part.component)));
        };
    var cased =
        switch (part.names) {
          case 'u' -> name.toUpperCase(Locale.ROOT);
          case 'l' -> name.toLowerCase(Locale.ROOT);
          default -> name;
        };
    return part.widthMax >= 0 && part.widthMax < cased.length()
        ? cased.substring(0, part.widthMax)
        : cased;
  }

  private static String zone(Part part, int hours, int minutes) {
    var picture = part.integer == null ? IntegerPicture.parse("01:01") : part.integer;
    var offset = hours * 100 + minutes;
    String text;
    if (picture.regularGrouping() > 0) {
      text = picture.format(offset);
    } else {
      text =
          switch (picture.mandatoryDigits) {
            case 1, 2 -> {
              var whole = picture.format(hours);
              yield minutes == 0 ? whole : whole + ":" + IntegerPicture.parse("00").format(minutes);
            }
            case 3, 4 -> picture.format(offset);
            default -> throw JsonataException.of("D3134");
          };
    }
    if (offset == 0 && part.utcAsZ) {
      return "Z";
    }
    return (part.component == 'z' ? "GMT" : "") + (offset >= 0 ? "+" : "") + text;
  }

  /** A component of a moment. Weeks begin on Monday and belong where their Thursday is. */
  private static int fragment(LocalDateTime time, char component) {
    var thursday = time.plusDays(4L - time.getDayOfWeek().getValue());
    return switch (component) {
      case 'Y' -> time.getYear();
      case 'M' -> time.getMonthValue();
      case 'D' -> time.getDayOfMonth();
      case 'd' -> time.getDayOfYear();
      case 'F' -> time.getDayOfWeek().getValue();
      case 'W' -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case 'w' -> (thursday.getDayOfMonth() - 1) / 7 + 1;
      case 'X' -> time.get(IsoFields.WEEK_BASED_YEAR);
      case 'x' -> thursday.getMonthValue();
      case 'H' -> time.getHour();
      case 'h' -> time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
      case 'P' -> time.getHour() >= 12 ? 1 : 0;
      case 'm' -> time.getMinute();
      case 's' -> time.getSecond();
      case 'f' -> time.get(ChronoField.MILLI_OF_SECOND);
      default -> 0;
    };
  }

  /** Milliseconds since 1970; null if the text doesn't fit. Errors: D3130, D3133, D3136. */
  public @Nullable Double read(String text, Evaluation evaluation) {
    var pattern = new StringBuilder("^");
    var readers = new ArrayList<Part>();
    for (var part : parts) {
      if (part.literal != null) {
        part.literal
            .chars()
            .forEach(
                c -> {
                  if (".*+?^${}()|[]\\".indexOf(c) >= 0) {
                    pattern.append('\\');
                  }
                  pattern.append((char) c);
                });
      } else {
        pattern.append('(').append(pattern(part)).append(')');
        readers.add(part);
      }
    }
    var regex = RegexFunction.compile(pattern.append('$').toString(), "i", 0);
    var match = regex.find(text, 0, evaluation);
    if (match == null || readers.isEmpty()) {
      return null;
    }
    var values = new HashMap<Character, Double>();
    for (var i = 0; i < readers.size(); i++) {
      var group = match.groups()[i];
      if (group != null) {
        var value = read(readers.get(i), group);
        if (value != null) {
          values.put(readers.get(i).component, value);
        }
      }
    }
    return combine(values, evaluation);
  }

  private static String pattern(Part part) {
    if (part.component == 'Z' || part.component == 'z') {
      var separator = part.integer == null ? null : part.integer.separatorOfTwo();
      return (part.component == 'z' ? "GMT" : "")
          + "[-+][0-9]+"
          + (separator == null ? "" : separator + "[0-9]+");
    }
    return part.integer != null ? part.integer.pattern() : String.join("|", names(part).keySet());
  }

  private static Map<String, Double> names(Part part) {
    var names = new LinkedHashMap<String, Double>();
    switch (part.component) {
      case 'M', 'x' -> add(names, MONTHS, part.widthMax);
      case 'F' -> add(names, DAYS, part.widthMax);
      case 'P' -> {
        names.put("am", 0.0);
        names.put("AM", 0.0);
        names.put("pm", 1.0);
        names.put("PM", 1.0);
      }
      default -> throw JsonataException.of("D3133", Values.text(String.valueOf(part.component)));
    }
    return names;
  }

  private static void add(Map<String, Double> names, String[] all, int width) {
    for (var i = 0; i < all.length; i++) {
      var name = width > 0 && width < all[i].length() ? all[i].substring(0, width) : all[i];
      names.put(name, i + 1.0);
    }
  }

  private static @Nullable Double read(Part part, String text) {
    if (part.component == 'Z' || part.component == 'z') {
      var offset = part.component == 'z' ? text.substring(3) : text;
      var separator = part.integer == null ? null : part.integer.separatorOfTwo();
      if (separator != null) {
        var at = offset.indexOf(separator);
        return IntegerPicture.leadingInteger(offset.substring(0, at)) * 60
            + IntegerPicture.leadingInteger(offset.substring(at + separator.length()));
      }
      if (offset.length() <= 3) {
        return IntegerPicture.leadingInteger(offset) * 60;
      }
      return IntegerPicture.leadingInteger(offset.substring(0, 3)) * 60
          + IntegerPicture.leadingInteger(offset.substring(3));
    }
    return part.integer != null ? (Double) part.integer.read(text) : names(part).get(text);
  }

  private static @Nullable Double combine(Map<Character, Double> values, Evaluation evaluation) {
    var date =
        isOf(values, "YXMxWwdD", "YMD")
            ? "YMD"
            : isOf(values, "YXMxWwdD", "Yd")
                ? "Yd"
                : isOf(values, "YXMxWwdD", "Xxw")
                    ? "XxwF"
                    : isOf(values, "YXMxWwdD", "XW") ? "XWF" : "YMD";
    var half = !isOf(values, "PHhmsf", "Hmsf") && isOf(values, "PHhmsf", "Phmsf");
    var now =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(evaluation.moment().epochMillis(), 1000), 0, ZoneOffset.UTC);
    var started = false;
    var ended = false;
    var components = date + (half ? "Phmsf" : "Hmsf");
    for (var i = 0; i < components.length(); i++) {
      var component = components.charAt(i);
      if (values.containsKey(component)) {
        started = true;
        if (ended) {
          throw JsonataException.of("D3136");
        }
      } else if (started) {
        values.put(component, "MDd".indexOf(component) >= 0 ? 1.0 : 0.0);
        ended = true;
      } else {
        values.put(component, (double) fragment(now, component));
      }
    }
    if (date.startsWith("X")) {
      throw JsonataException.of("D3136");
    }
    var hour = half ? value(values, 'h') % 12 + 12 * value(values, 'P') : value(values, 'H');
    if (half && value(values, 'h') != 12) {
      hour = value(values, 'h') + 12 * value(values, 'P');
    }
    var days =
        date.equals("Yd")
            ? utcDays(value(values, 'Y'), 0, 1) + value(values, 'd') - 1
            : utcDays(value(values, 'Y'), Math.max(0, value(values, 'M') - 1), value(values, 'D'));
    var offset = value(values, 'Z') != 0 ? value(values, 'Z') : value(values, 'z');
    return days * 86_400_000.0
        + hour * 3_600_000
        + (value(values, 'm') - offset) * 60_000
        + value(values, 's') * 1000
        + value(values, 'f');
  }

  private static double value(Map<Character, Double> values, char component) {
    return values.getOrDefault(component, 0.0);
  }

  /** Days since 1970 as JavaScript's Date.UTC has them: years below 100 are of the last century. */
  private static double utcDays(double year, double month, double day) {
    if (Double.isNaN(year + month + day)) {
      return Double.NaN;
    }
    var full = year >= 0 && year <= 99 ? 1900 + year : year;
    var months = full * 12 + month;
    return IsoTime.daysFromCivil((long) Math.floor(months / 12), (int) (months % 12) + 1, 1)
        + day
        - 1;
  }

  /** Whether all components given, of those, are among these, and there are some. */
  private static boolean isOf(Map<Character, Double> values, String those, String these) {
    var some = false;
    for (var i = 0; i < those.length(); i++) {
      var component = those.charAt(i);
      if (values.containsKey(component)) {
        if (these.indexOf(component) < 0) {
          return false;
        }
        some = true;
      }
    }
    return some;
  }
}
