package io.stepwise.server.logging;

import io.stepwise.functions.FunctionVersion;
import io.stepwise.functions.LogSink;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what functions write in the log of the server, under their names, and has it kept. */
public final class FunctionLog implements LogSink {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionLog.class);

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

  private final Keeper keeper;

  /** Keeps a line. Must not block. */
  @FunctionalInterface
  public interface Keeper {
    /** Keeps it in a stream. */
    void keep(FunctionVersion function, String stream, String line);
  }

  /** For one that keeps lines. */
  public FunctionLog(Keeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public void line(FunctionVersion function, String stream, long millis, String line) {
    if (!line.isEmpty()) { // CloudWatch Logs has no empty events
      keeper.keep(function, stream, line);
    }
    var isAboutCalls =
        line.startsWith("START RequestId")
            || line.startsWith("END RequestId")
            || line.startsWith("REPORT RequestId")
            || line.contains("\"type\":\"platform.");
    if (isAboutCalls ? LOG.isDebugEnabled() : LOG.isInfoEnabled()) {
      var shown = CONTROL.matcher(line).replaceAll(" ");
      if (isAboutCalls) {
        LOG.debug("{} {}", function.arn().name(), shown);
      } else {
        LOG.info("{} {}", function.arn().name(), shown);
      }
    }
  }
}
