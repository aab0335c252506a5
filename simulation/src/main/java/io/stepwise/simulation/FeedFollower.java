package io.stepwise.simulation;

import io.stepwise.runtime.feed.Feed;
import io.stepwise.runtime.feed.FeedEntry;
import io.stepwise.runtime.feed.FeedSink;
import io.stepwise.runtime.port.Message;
import io.stepwise.simulation.check.Violation;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.feed.FeedTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A durable consumer of the feed that reads now and then, tells how far it has come, and loses its
 * memory in a crash: nothing may be lost, and nothing out of order.
 */
final class FeedFollower implements FeedSink {
  private static final String NAME = "follower";

  private final FeedTable table;
  private final int slots;
  private final SplittableRandom random;
  private final Consumer<Message> put;
  private final long[] taken;
  private final long[] kept;

  /** The last event heard of, by execution: what is safe where the consumer keeps it. */
  private final Map<Long, Long> lastEvents = new HashMap<>();

  FeedFollower(FeedTable table, int slots, SplittableRandom random, Consumer<Message> put) {
    this.table = table;
    this.slots = slots;
    this.random = random;
    this.put = put;
    this.taken = new long[slots];
    this.kept = new long[slots];
  }

  @Override
  public void committed(List<FeedEntry> entries) {}

  @Override
  public long keepFrom(int slot) {
    return kept[slot] + 1;
  }

  /** Reads some rows of a slot, and perhaps says so. */
  void readSome() {
    var slot = random.nextInt(slots);
    read(slot, 1 + random.nextInt(20));
    if (random.nextBoolean()) {
      put.accept(new Message.FeedRead(new Feed.Read(NAME, slot, taken[slot])));
    }
  }

  private void read(int slot, int max) {
    var left = new int[] {max};
    table.read(
        slot,
        taken[slot],
        row -> {
          if (row.sequence() != taken[slot] + 1) {
            throw new Violation(
                "Expected row "
                    + (taken[slot] + 1)
                    + " of slot "
                    + slot
                    + " of the feed, found "
                    + row);
          }
          taken[slot] = row.sequence();
          take(row);
          return --left[0] > 0;
        });
  }

  private void take(FeedTable.Row row) {
    var last = lastEvents.getOrDefault(row.executionId(), 0L);
    if (row.lastEventId() <= last) {
      return; // heard of before the crash
    }
    if (row.firstEventId() != last + 1) {
      throw new Violation("Expected the feed to go on with event " + (last + 1) + ", found " + row);
    }
    lastEvents.put(row.executionId(), row.lastEventId());
  }

  /** The process has died: it goes on where its cursors stand. */
  void crashed() {
    for (var slot = 0; slot < slots; slot++) {
      taken[slot] = table.cursors(slot).getOrDefault(NAME, 0L);
      kept[slot] = taken[slot];
    }
  }

  /** Reads the rest and checks that it has heard of everything. */
  void check(ExecutionIndex index, ExecutionReader executions) {
    for (var slot = 0; slot < slots; slot++) {
      read(slot, Integer.MAX_VALUE);
    }
    index.all(
        id -> {
          var last = executions.summarize(id).orElseThrow().lastEventId();
          var heard = lastEvents.getOrDefault(id, 0L);
          if (heard != last) {
            throw new Violation(
                "Expected the feed to tell of all "
                    + last
                    + " events of execution "
                    + id
                    + ", it ended with "
                    + heard);
          }
        });
  }
}
