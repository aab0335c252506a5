package io.stepwise.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * An event of the log as a line for people: time, level, logger, message, the event's own members,
 * and the stack trace of an error below.
 *
 * <p>What a message or a member holds stays on its line: control characters are shown as escapes,
 * so that nothing in a payload can write a line of its own, or move the cursor of who reads it.
 */
final class TextLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
  private static final int FRAMES_MAX = 60;

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(160);
    TIME.formatTo(event.getInstant(), line);
    line.append(' ').append(event.getLevel());
    line.append(event.getLevel().toString().length() == 4 ? "  " : " ");
    line.append(shortened(event.getLoggerName())).append(' ');
    append(line, event.getFormattedMessage());
    var members = event.getKeyValuePairs();
    if (members != null) {
      for (var member : members) {
        line.append(' ').append(member.key).append('=');
        append(line, String.valueOf(member.value));
      }
    }
    line.append('\n');
    var error = event.getThrowableProxy();
    for (var prefix = ""; error != null; error = error.getCause(), prefix = "Caused by: ") {
      line.append(prefix);
      append(line, error.getClassName() + ": " + error.getMessage());
      line.append('\n');
      frames(line, error);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void frames(StringBuilder line, IThrowableProxy error) {
    var frames = error.getStackTraceElementProxyArray();
    for (var i = 0; i < frames.length - error.getCommonFrames() && i < FRAMES_MAX; i++) {
      line.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
  }

  /** The logger's name with its packages cut to their first letters: {@code i.s.r.ShardStep}. */
  private static String shortened(String logger) {
    var end = logger.lastIndexOf('.');
    if (end < 0) {
      return logger;
    }
    var name = new StringBuilder();
    for (var part : logger.substring(0, end).split("\\.", -1)) {
      name.append(part, 0, Math.min(1, part.length())).append('.');
    }
    return name.append(logger, end + 1, logger.length()).toString();
  }

  private static void append(StringBuilder line, String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          // Controls, the two line separators, and what turns the direction of writing.
          if (Character.isISOControl(c)
              || (c >= 0x2028 && c <= 0x202e)
              || (c >= 0x2066 && c <= 0x2069)) {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
