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

  /** Lines of functions that are shown in a second; the rest is in their log groups only. */
  private static final int LINES_MAX = 500;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Keeper keeper;
  private long secondNanos = System.nanoTime();
  private int shown;
  private long left;

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
    if (isAboutCalls ? LOG.isDebugEnabled() : LOG.isInfoEnabled() && mayShow()) {
      var text = CONTROL.matcher(line).replaceAll(" ");
      if (isAboutCalls) {
        LOG.debug("{} {}", function.arn().name(), text);
      } else {
        LOG.info("{} {}", function.arn().name(), text);
      }
    }
  }

  /** Whether there is room for another line in this second; says once how many had none. */
  private synchronized boolean mayShow() {
    var now = System.nanoTime();
    if (now - secondNanos >= SECOND_NANOS) {
      if (left > 0) {
        LOG.info("{} more lines of functions are in their log groups only", left);
      }
      secondNanos = now;
      shown = 0;
      left = 0;
    }
    if (shown < LINES_MAX) {
      shown++;
      return true;
    }
    left++;
    return false;
  }
}
