package io.stepwise.aws;

/** Points in time as AWS's JSON protocols print them: seconds, with milliseconds as fraction. */
public final class AwsTime {
  private static final int LENGTH = 16;

  private AwsTime() {}

  /** As JSON text, e.g. {@code 1767225600.005}. Units: milliseconds since 1970. */
  public static String seconds(long millis) {
    var text = new StringBuilder(LENGTH).append(millis / 1000).append('.');
    var fraction = millis % 1000;
    if (fraction < 100) {
      text.append('0');
    }
    if (fraction < 10) {
      text.append('0');
    }
    return text.append(fraction).toString();
  }
}
