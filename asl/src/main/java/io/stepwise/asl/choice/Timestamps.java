package io.stepwise.asl.choice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps as the States Language knows them: the RFC 3339 profile with an upper-case {@code T},
 * seconds and an offset ({@code Z} or {@code ±hh:mm}); digits beyond nanoseconds are cut off.
 */
public final class Timestamps {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,9})\\d*)?(Z|[+-]\\d{2}:\\d{2})");

  private Timestamps() {}

  /** The point in time, or null if the text is no timestamp. */
  public static @Nullable Instant parse(String text) {
    var match = FORM.matcher(text);
    if (text.length() > 64 || !match.matches()) {
      return null;
    }
    var fraction = match.group(2);
    try {
      return OffsetDateTime.parse(
              match.group(1) + (fraction == null ? "" : fraction) + match.group(3))
          .toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }
}
