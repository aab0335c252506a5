package io.stepwise.runtime.feed;

/** Where a step gives what it has committed. Called on the thread of the shard. */
@FunctionalInterface
public interface FeedSink {
  /** Nobody listens. */
  FeedSink NONE = commit -> {};

  /** This is durable now, as far as it is stored. Must not wait. */
  void committed(FeedCommit commit);

  /** How far a durable consumer has read is durable now. */
  default void noted(Feed.Read read) {}

  /** The sequence of a lane after which somebody has yet to read durably. */
  default long readDurably(int lane) {
    return Long.MAX_VALUE;
  }
}
