package io.stepwise.runtime.port;

/**
 * Has somebody else go on with a shard's step while one decision takes long. What decides is
 * suspended in the middle of a message and nothing of it is in the batch yet.
 */
public interface Relief {
  /** Nobody: every decision is waited for. */
  Relief NONE =
      new Relief() {
        @Override
        public boolean isAtHand() {
          return false;
        }

        @Override
        public void leave() {}

        @Override
        public void comeBack() {}
      };

  /** Whether the step may be left now. */
  boolean isAtHand();

  /** Hands the step over; returns when the long decision may go on beside it. */
  void leave();

  /**
   * Waits until the step is free between two messages, and takes it back. Errors: whatever ends the
   * thread without a trace, where there is no step any more.
   */
  void comeBack();
}
