package io.stepwise.server;

import io.stepwise.runtime.Clock;
import io.stepwise.storage.ExecutionStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes executions that were closed long ago. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final ExecutionStore store;
  private final Clock clock;
  private final Duration keep;

  Retention(ExecutionStore store, Clock clock, Duration keep) {
    this.store = store;
    this.clock = clock;
    this.keep = keep;
  }

  /** Looks once, and removes what it finds. */
  void run() {
    try {
      var removed = store.removeClosedBefore(clock.nowMillis() - keep.toMillis());
      if (removed > 0) {
        LOG.info("Removed {} executions closed more than {} ago", removed, keep);
      }
    } catch (RuntimeException e) {
      LOG.error("Expected to remove closed executions, but failed", e);
    }
  }
}
