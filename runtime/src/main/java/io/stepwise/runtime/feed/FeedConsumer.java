package io.stepwise.runtime.feed;

/**
 * Who learns of what was decided. Called on one thread, its own; what it throws is logged, and it
 * hears of the next decision.
 */
public interface FeedConsumer {
  /** Its name: names its cursor and its figures. */
  String name();

  /**
   * Takes one decision. Those of an execution come in their order, those of stored executions at
   * least once where {@link #isDurable}.
   */
  void take(FeedEntry entry);

  /**
   * Whether it goes on where it was after a restart. One that does not hears of what happens from
   * now on.
   */
  default boolean isDurable() {
    return false;
  }

  /**
   * What it took is safe where it keeps it: called before its cursor moves. May take long: nobody
   * waits for it.
   */
  default void flush() {}
}
