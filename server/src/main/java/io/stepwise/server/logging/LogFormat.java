package io.stepwise.server.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a line of the log looks. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** For machines: a JSON object a line. */
  JSON;

  /** Has the log of this process look so from now on, unless a file of Logback's shapes it. */
  public void use() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogConfigurator.APPENDER)
            instanceof OutputStreamAppender<ILoggingEvent> appender) {
      appender.setEncoder(encoder(context));
    }
  }

  Encoder<ILoggingEvent> encoder(LoggerContext context) {
    var encoder =
        switch (this) {
          case TEXT -> new TextLineEncoder();
          case JSON -> new JsonLineEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
