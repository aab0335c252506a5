package io.stepwise.jsonata.time;

/** Timestamps of ISO 8601 in the forms JavaScript reads. Without an offset they are UTC. */
public final class IsoTime {
  private static final int DAY_MILLIS = 86_400_000;

  private final String text;
  private int at;

  private IsoTime(String text) {
    this.text = text;
  }

  /**
   * Whether a text is shaped like a timestamp: a year, then what may follow, each part perhaps
   * missing or repeated.
   */
  public static boolean isTimestamp(String text) {
    var shape = new IsoTime(text);
    if (!shape.digits(4)) {
      return false;
    }
    while (shape.part("-", "01")) {}
    while (shape.part("-", "0123")) {}
    while (shape.time()) {}
    if (shape.takes('.')) {
      if (!shape.digits(1)) {
        return false;
      }
      while (shape.digits(1)) {}
    }
    if (!shape.takes('Z')) {
      shape.offset();
    }
    return shape.at == text.length();
  }

  private boolean takes(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean digits(int count) {
    for (var i = 0; i < count; i++) {
      if (at + i >= text.length() || !isDigit(text.charAt(at + i))) {
        return false;
      }
    }
    at += count;
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A sign, a digit of these, and any digit. */
  private boolean part(String sign, String firsts) {
    if (at + 2 < text.length()
        && sign.indexOf(text.charAt(at)) >= 0
        && firsts.indexOf(text.charAt(at + 1)) >= 0
        && isDigit(text.charAt(at + 2))) {
      at += 3;
      return true;
    }
    return false;
  }

  private boolean time() {
    var start = at;
    if (part("T", "012") && part(":", "012345") && part(":", "012345")) {
      return true;
    }
    at = start;
    return false;
  }

  private void offset() {
    if (part("+-", "012")) {
      takes(':');
      if (at + 1 < text.length() && "012345".indexOf(text.charAt(at)) >= 0) {
        at += isDigit(text.charAt(at + 1)) ? 2 : 0;
      }
    }
  }

  /** Milliseconds since 1970; not a number for a date or time that isn't. */
  public static double toMillis(String text) {
    return new IsoTime(text).millis();
  }

  private int number(int count) {
    var value = 0;
    for (var i = 0; i < count; i++) {
      if (at >= text.length() || !isDigit(text.charAt(at))) {
        return -1;
      }
      value = value * 10 + text.charAt(at++) - '0';
    }
    return value;
  }

  private double millis() {
    var year = number(4);
    var month = takes('-') ? number(2) : 1;
    var day = at > 4 && takes('-') ? number(2) : 1;
    var timed = takes('T');
    var hour = timed ? number(2) : 0;
    var minute = timed && takes(':') ? number(2) : 0;
    var second = timed && takes(':') ? number(2) : 0;
    var fraction = timed && takes('.') ? fraction() : 0;
    var offset = 0;
    if (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '+' || c == '-') {
        if (!timed) {
          return Double.NaN;
        }
        var hours = number(2);
        takes(':');
        var minutes = number(2);
        if (hours > 23 || minutes < 0 || minutes > 59) {
          return Double.NaN;
        }
        offset = (c == '-' ? -1 : 1) * (hours * 60 + minutes);
      } else if (c != 'Z') {
        return Double.NaN;
      }
    }
    var midnight = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    if (at < text.length()
        || year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 31
        || hour < 0
        || hour > 23 && !midnight
        || minute < 0
        || second < 0) {
      return Double.NaN;
    }
    return (double) daysFromCivil(year, month, day) * DAY_MILLIS
        + ((hour * 60L + minute - offset) * 60 + second) * 1000
        + fraction;
  }

  private int fraction() {
    var value = 0;
    var scale = 100;
    while (at < text.length() && isDigit(text.charAt(at))) {
      value += (text.charAt(at++) - '0') * scale;
      scale /= 10;
    }
    return value;
  }

  /** Days since 1970-01-01; a day past the end of its month counts on. Source: H. Hinnant. */
  static long daysFromCivil(long year, int month, int day) {
    var y = month <= 2 ? year - 1 : year;
    var era = Math.floorDiv(y, 400);
    var yearOfEra = y - era * 400;
    var dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    var dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
