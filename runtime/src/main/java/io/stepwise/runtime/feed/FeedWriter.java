package io.stepwise.runtime.feed;

import io.stepwise.storage.Storage;
import io.stepwise.storage.feed.FeedTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the feed of one step's slots: a row in the batch of each decision. Confined to the shard's
 * thread.
 *
 * <p>Limits: the last {@value #KEPT} rows of a slot stay for those who come late; what a durable
 * consumer has yet to read stays too, up to {@value #KEPT_MAX} rows. Beyond that the oldest go, and
 * that consumer is told how many it missed: a slow consumer holds up nothing and fills no disk.
 */
public final class FeedWriter {
  private static final int KEPT = 256;
  private static final int KEPT_MAX = 65_536;

  /** Rows removed with one that is added at most, so that a decision costs the same always. */
  private static final int REMOVED_MAX = 2;

  private final FeedTable table;
  private final FeedSink sink;
  private final long[] first;
  private final long[] last;
  private final List<Undo> undo = new ArrayList<>();

  /** How a slot was before a row was added. */
  private record Undo(int slot, long first, long last) {}

  /**
   * Goes on where the store's feed ends.
   *
   * @param slots how many there are; only those that are asked for are read
   */
  public FeedWriter(FeedTable table, FeedSink sink, int slots) {
    this.table = table;
    this.sink = sink;
    this.first = new long[slots];
    this.last = new long[slots];
    for (var slot = 0; slot < slots; slot++) {
      last[slot] = table.last(slot);
      first[slot] = last[slot] == 0 ? 1 : table.first(slot);
    }
  }

  /** Adds a decision to a batch; returns its place. */
  public FeedEntry.Position append(
      Storage.Batch batch, int slot, long executionId, long firstEventId, long lastEventId) {
    undo.add(new Undo(slot, first[slot], last[slot]));
    var sequence = ++last[slot];
    table.append(batch, slot, new FeedTable.Row(sequence, executionId, firstEventId, lastEventId));
    var keepFrom = Math.max(sequence - KEPT_MAX, Math.min(sink.keepFrom(slot), sequence - KEPT));
    for (var left = REMOVED_MAX; left > 0 && first[slot] < keepFrom; left--) {
      table.remove(batch, slot, first[slot]++);
    }
    return new FeedEntry.Position(slot, sequence);
  }

  /** How many rows were added since the last commit: for {@link #rollBack}. */
  public int mark() {
    return undo.size();
  }

  /** Takes back what was added after a mark; the batch takes back the rows. */
  public void rollBack(int mark) {
    for (var i = undo.size() - 1; i >= mark; i--) {
      var before = undo.remove(i);
      first[before.slot()] = before.first();
      last[before.slot()] = before.last();
    }
  }

  /** What was added is durable. */
  public void committed() {
    undo.clear();
  }
}
