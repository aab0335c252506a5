package io.stepwise.runtime.feed;

import io.stepwise.storage.Storage;
import io.stepwise.storage.feed.FeedTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the feed of one step: a row in the batch of each commit. Confined to the shard's thread.
 *
 * <p>Limits: the last {@value #KEPT} rows of a lane stay for those who come late; what a durable
 * consumer has yet to read stays too, up to {@value #KEPT_MAX} rows. Beyond that the oldest go, and
 * that consumer is told how many it missed: a slow consumer holds up nothing and fills no disk.
 */
public final class FeedWriter {
  private static final int KEPT = 1_024;
  private static final int KEPT_MAX = 262_144;

  /** Rows removed with one that is added at most, so that a commit costs the same always. */
  private static final int REMOVED_MAX = 2;

  /** Sequences of old rows read from the store at a time. */
  private static final int OLD_MAX = 1_024;

  private final FeedTable table;
  private final FeedSink sink;
  private final int lane;
  private final List<OldRows> old = new ArrayList<>();
  private long last;
  private long oldest;

  /** The rows of a lane that were there at the start. */
  private final class OldRows {
    private final int ofLane;
    private final ArrayDeque<Long> sequences = new ArrayDeque<>();
    private boolean mayHaveMore = true;

    OldRows(int ofLane) {
      this.ofLane = ofLane;
    }

    /** Removes one that nobody needs; returns whether there may be more. */
    boolean removeOne(Storage.Batch batch) {
      if (sequences.isEmpty() && mayHaveMore) {
        sequences.addAll(table.first(ofLane, OLD_MAX));
        sequences.removeIf(sequence -> FeedTable.epochOf(sequence) >= FeedTable.epochOf(last));
        mayHaveMore = sequences.size() == OLD_MAX;
      }
      var first = sequences.peek();
      if (first == null) {
        return false;
      }
      if (first <= sink.readDurably(ofLane)) {
        table.remove(batch, ofLane, sequences.remove());
      }
      return true;
    }
  }

  /**
   * Goes on where the store's feed ends, in an epoch above all that there are.
   *
   * @param lane the lane to write
   * @param lanes how many writers there are: of lanes that nobody writes any more, those with this
   *     remainder are cleared here
   */
  public FeedWriter(FeedTable table, FeedSink sink, int lane, int lanes) {
    this.table = table;
    this.sink = sink;
    this.lane = lane;
    var epoch = 0;
    for (var known : table.lanes()) {
      epoch = Math.max(epoch, FeedTable.epochOf(table.last(known)));
      if (known % lanes == lane) {
        old.add(new OldRows(known));
      }
    }
    this.last = FeedTable.before(epoch + 1);
    this.oldest = last + 1;
  }

  /**
   * Adds what a commit is about to make durable to its batch.
   *
   * @return the commit as consumers hear of it
   */
  public FeedCommit write(Storage.Batch batch, List<FeedEntry> entries) {
    var items = new ArrayList<FeedTable.Item>(entries.size());
    for (var entry : entries) {
      var first = entry.stored() ? entry.firstEventId() : 0;
      if (first > 0) {
        items.add(new FeedTable.Item(entry.header().id(), first, entry.lastEventId()));
      }
    }
    if (items.isEmpty()) {
      return new FeedCommit(lane, 0, entries);
    }
    last++;
    table.append(batch, lane, new FeedTable.Row(last, items));
    clear(batch);
    return new FeedCommit(lane, last, entries);
  }

  private void clear(Storage.Batch batch) {
    for (var left = REMOVED_MAX; left > 0; left--) {
      if (!old.isEmpty() && last - oldest >= KEPT / 2) {
        if (!old.getLast().removeOne(batch)) {
          old.removeLast();
        }
      } else if (last - oldest >= KEPT_MAX
          || (last - oldest >= KEPT && oldest <= sink.readDurably(lane))) {
        table.remove(batch, lane, oldest++);
      }
    }
  }
}
