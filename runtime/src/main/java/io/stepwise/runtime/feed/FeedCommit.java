package io.stepwise.runtime.feed;

import java.util.List;

/**
 * What was decided in one commit, in order.
 *
 * @param sequence of the row that tells of it; 0 where nothing about stored executions was decided
 */
public record FeedCommit(int lane, long sequence, List<FeedEntry> entries) {
  public FeedCommit {
    entries = List.copyOf(entries);
  }
}
