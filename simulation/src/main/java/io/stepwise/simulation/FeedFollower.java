package io.stepwise.simulation;

import io.stepwise.runtime.feed.Feed;
import io.stepwise.runtime.feed.FeedCommit;
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

  /** Rows read at a time, at most. */
  private static final int PORTION = 20;

  private final FeedTable table;
  private final int lanes;
  private final SplittableRandom random;
  private final Consumer<Message> put;
  private final long[] taken;
  private final long[] kept;

  /** The last event heard of, by execution: what is safe where the consumer keeps it. */
  private final Map<Long, Long> lastEvents = new HashMap<>();

  FeedFollower(FeedTable table, int lanes, SplittableRandom random, Consumer<Message> put) {
    this.table = table;
    this.lanes = lanes;
    this.random = random;
    this.put = put;
    this.taken = new long[lanes];
    this.kept = new long[lanes];
  }

  @Override
  public void committed(FeedCommit commit) {}

  @Override
  public void noted(Feed.Read read) {
    kept[read.lane()] = read.sequence();
  }

  @Override
  public long readDurably(int lane) {
    return kept[lane];
  }

  /** Reads some rows of a lane, and perhaps says so. */
  void readSome() {
    var portion = table.next(taken, PORTION);
    if (portion != null) {
      var some = Math.min(1 + random.nextInt(PORTION), portion.rows().size());
      read(portion.lane(), portion.rows().subList(0, some));
    }
    if (random.nextBoolean()) {
      var of = random.nextInt(lanes);
      put.accept(new Message.FeedRead(new Feed.Read(NAME, of, taken[of])));
    }
  }

  private void read(int lane, List<FeedTable.Row> rows) {
    for (var row : rows) {
      if (FeedTable.missing(taken[lane], row.sequence()) != 0) {
        throw new Violation(
            "Expected the row after "
                + taken[lane]
                + " in lane "
                + lane
                + " of the feed, found "
                + row);
      }
      taken[lane] = row.sequence();
      row.items().forEach(this::take);
    }
  }

  private void take(FeedTable.Item item) {
    var last = lastEvents.getOrDefault(item.executionId(), 0L);
    if (item.lastEventId() <= last) {
      return; // heard of before the crash
    }
    if (item.firstEventId() != last + 1) {
      throw new Violation(
          "Expected the feed to go on with event " + (last + 1) + ", found " + item);
    }
    lastEvents.put(item.executionId(), item.lastEventId());
  }

  /** The process has died: it goes on where its cursors stand. */
  void crashed() {
    for (var lane = 0; lane < lanes; lane++) {
      taken[lane] = table.cursors(lane).getOrDefault(NAME, 0L);
      kept[lane] = taken[lane];
    }
  }

  /** Reads the rest and checks that it has heard of everything. */
  void check(ExecutionIndex index, ExecutionReader executions) {
    for (var portion = table.next(taken, PORTION);
        portion != null;
        portion = table.next(taken, PORTION)) {
      read(portion.lane(), portion.rows());
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
