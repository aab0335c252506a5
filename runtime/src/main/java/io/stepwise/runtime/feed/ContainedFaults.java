package io.stepwise.runtime.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what one listener throws from those that tell it: it is logged, the first time and then
 * ever more rarely, and the caller goes on. For one thread.
 */
public final class ContainedFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ContainedFaults.class);

  private final String listener;
  private long faults;

  /** For a listener, by what the log is to call it. */
  public ContainedFaults(String listener) {
    this.listener = listener;
  }

  /** Tells the listener of something; never throws what a bug in it would. */
  public void contain(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      faults++;
      if (Long.bitCount(faults) == 1) {
        LOG.error(
            "SW-LISTENER-FAULT (docs/errors/SW-LISTENER-FAULT.md): expected {} to hear of a"
                + " decision, but it failed, {} times so far; what it counts or shows may be wrong,"
                + " executions are not",
            listener,
            faults,
            e);
      }
    }
  }
}
