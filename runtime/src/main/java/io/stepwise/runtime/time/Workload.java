package io.stepwise.runtime.time;

import io.stepwise.engine.execution.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Told what is under way in a host, so that a clock that skips time knows when nothing is. Safe to
 * call from any thread.
 */
public interface Workload {
  /** Nobody wants to know. */
  Workload UNCOUNTED =
      new Workload() {
        @Override
        public boolean isCounted() {
          return false;
        }

        @Override
        public void began() {}

        @Override
        public void callEnded() {}

        @Override
        public void passed(int worker, int ended, @Nullable Timer next) {}
      };

  /** Whether anybody wants to know. */
  boolean isCounted();

  /** One more thing is under way: a message for a worker, or the call of a connector. */
  void began();

  /** The call of a connector is over; the message with its answer has begun already. */
  void callEnded();

  /**
   * A worker has let out what came of its messages.
   *
   * @param ended how many of those that began are over with this
   * @param next the timer that is due next in its shards, or null
   */
  void passed(int worker, int ended, @Nullable Timer next);
}
