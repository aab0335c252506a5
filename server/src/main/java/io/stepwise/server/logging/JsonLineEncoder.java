package io.stepwise.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;

/**
 * An event of the log as one line of JSON: time, level, logger, thread, message, the event's own
 * members beside these, and the stack trace of an error.
 *
 * <p>Logback's JsonEncoder tells the time as a number and wraps each member into an object of its
 * own, which no query of a log store finds.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line =
        Json.nodes()
            .objectNode()
            .put("time", event.getInstant().toString())
            .put("level", event.getLevel().toString())
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    var members = event.getKeyValuePairs();
    if (members != null) {
      for (var member : members) {
        switch (member.value) {
          case Integer number -> line.put(member.key, number);
          case Double number -> line.put(member.key, number);
          case null, default -> line.put(member.key, String.valueOf(member.value));
        }
      }
    }
    if (event.getThrowableProxy() != null) {
      line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return (Json.print(line) + "\n").getBytes(StandardCharsets.UTF_8);
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
