package io.stepwise.runtime.feed;

import java.util.List;

/** Where a step gives what it has committed. Called on the thread of the shard. */
@FunctionalInterface
public interface FeedSink {
  /** Nobody listens. */
  FeedSink NONE = entries -> {};

  /** These are durable now, or through where they are in no store. Must not wait. */
  void committed(List<FeedEntry> entries);

  /** The lowest sequence of a slot that somebody has yet to read durably. */
  default long keepFrom(int slot) {
    return Long.MAX_VALUE;
  }
}
