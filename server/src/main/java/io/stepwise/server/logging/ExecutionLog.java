package io.stepwise.server.logging;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Utf8;
import io.stepwise.runtime.feed.FeedConsumer;
import io.stepwise.runtime.feed.FeedEntry;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for an execution that failed or timed out: its ARN and the error's name, never its
 * cause, which may hold anything.
 *
 * <p>Limits: {@value #LINES_MAX} lines a second, so that a flood of failures fills no disk; how
 * many more there were is in the next second's first line.
 */
public final class ExecutionLog implements FeedConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionLog.class);
  private static final int LINES_MAX = 20;
  private static final int ERROR_MAX = 256;

  private final LongSupplier nanos;
  private long secondBegan;
  private int lines;
  private long unsaid;

  /** With the machine's own measure of time. */
  public ExecutionLog() {
    this(System::nanoTime);
  }

  /** With a measure of time. Units: nanoseconds. */
  ExecutionLog(LongSupplier nanos) {
    this.nanos = nanos;
    this.secondBegan = nanos.getAsLong();
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void take(FeedEntry entry) {
    var after = entry.after();
    if ((after == ExecutionStatus.FAILED || after == ExecutionStatus.TIMED_OUT) && entry.closes()) {
      failed(entry);
    }
  }

  private void failed(FeedEntry entry) {
    var now = nanos.getAsLong();
    if (now - secondBegan >= 1_000_000_000L) {
      secondBegan = now;
      lines = 0;
      if (unsaid > 0) {
        LOG.warn("{} more executions failed", unsaid);
        unsaid = 0;
      }
    }
    if (lines++ >= LINES_MAX) {
      unsaid++;
      return;
    }
    var error = entry.error();
    LOG.atWarn()
        .addKeyValue("execution", entry.header().arn().text())
        .addKeyValue("status", entry.after())
        .addKeyValue("error", error == null ? "-" : cut(error))
        .log("execution failed");
  }

  private static String cut(String error) {
    return error.length() <= ERROR_MAX ? error : Utf8.cut(error, ERROR_MAX) + "…";
  }
}
