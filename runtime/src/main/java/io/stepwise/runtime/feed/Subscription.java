package io.stepwise.runtime.feed;

import io.stepwise.storage.StorageFault;
import io.stepwise.storage.feed.FeedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and how far it has come in each slot.
 *
 * <p>Its queue holds {@value #BATCHES_MAX} commits. What comes while it is full is left out of it
 * and marks the consumer as behind: it reads the rows of every slot from where it is, and what it
 * has read is skipped in the queue.
 */
final class Subscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /** Commits that may wait for a consumer. */
  private static final int BATCHES_MAX = 1_024;

  /** Entries after which a durable consumer's cursor moves, where there are always more. */
  private static final int READ_MAX = 1_000;

  /** Rows read at a time. */
  private static final int PORTION = 256;

  private final FeedConsumer consumer;
  private final Feed feed;
  private final FeedTable table;
  private final Consumer<Feed.Read> reads;
  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES_MAX);
  private final AtomicLong missed = new AtomicLong();
  private final AtomicLongArray kept;
  private final long[] taken;
  private final boolean[] moved;
  private final Thread thread;
  private volatile boolean behind;
  private volatile boolean closed;
  private int sinceMove;
  private long faults;

  /** Entries of one commit; or a wish to be told when all before it are taken. */
  private record Batch(List<FeedEntry> entries, CountDownLatch reached) {}

  Subscription(
      FeedConsumer consumer, Feed feed, FeedTable table, int slots, Consumer<Feed.Read> reads) {
    this.consumer = consumer;
    this.feed = feed;
    this.table = table;
    this.reads = reads;
    this.kept = new AtomicLongArray(slots);
    this.taken = new long[slots];
    this.moved = new boolean[slots];
    this.thread = Thread.ofPlatform().daemon().name("feed-" + consumer.name()).unstarted(this::run);
  }

  void start() {
    for (var slot = 0; slot < taken.length; slot++) {
      taken[slot] =
          consumer.isDurable()
              ? Objects.requireNonNullElse(table.cursors(slot).get(consumer.name()), 0L)
              : table.last(slot);
      kept.set(slot, taken[slot]);
    }
    behind = consumer.isDurable();
    thread.start();
  }

  /** Takes note of a commit; never waits. */
  void offer(List<FeedEntry> entries) {
    if (!queue.offer(new Batch(entries, new CountDownLatch(0)))) {
      behind = true;
    }
  }

  /** The lowest sequence of a slot that it has yet to read durably. */
  long keepFrom(int slot) {
    return consumer.isDurable() ? kept.get(slot) + 1 : Long.MAX_VALUE;
  }

  Feed.Figures figures() {
    return new Feed.Figures(consumer.name(), queue.size(), missed.get());
  }

  boolean awaitTaken(long millisMax) throws InterruptedException {
    var reached = new CountDownLatch(1);
    return queue.offer(new Batch(List.of(), reached), millisMax, TimeUnit.MILLISECONDS)
        && reached.await(millisMax, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread() != thread) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!closed) {
        if (behind) {
          // First: what comes from here on is in the queue, or marks it as behind again.
          behind = false;
          catchUp();
        }
        var batch = queue.poll();
        if (batch == null) {
          moveCursors();
          batch = queue.take();
        }
        take(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StorageFault e) {
      if (!closed) {
        LOG.error("{}: {} hears of nothing any more", e.code(), consumer.name(), e);
      }
    }
  }

  private void take(Batch batch) {
    for (var entry : batch.entries()) {
      var position = entry.position();
      if (position == null || position.sequence() > taken[position.slot()]) {
        take(entry);
      }
    }
    batch.reached().countDown();
    if (sinceMove >= READ_MAX) {
      moveCursors();
    }
  }

  /** Reads what it has missed, slot by slot, a portion at a time. */
  private void catchUp() throws InterruptedException {
    for (var slot = 0; slot < taken.length; slot++) {
      while (catchUp(slot) == PORTION) {
        if (closed) {
          throw new InterruptedException();
        }
      }
    }
    moveCursors();
  }

  /** Reads a portion of a slot; returns how many rows there were. */
  private int catchUp(int slot) {
    var rows = new ArrayList<FeedTable.Row>();
    table.read(
        slot,
        taken[slot],
        row -> {
          rows.add(row);
          return rows.size() < PORTION;
        });
    for (var row : rows) {
      missed.addAndGet(row.sequence() - taken[slot] - 1);
      var entry = feed.read(slot, row);
      if (entry != null) {
        take(entry);
      }
      taken[slot] = row.sequence();
      moved[slot] = true;
    }
    return rows.size();
  }

  private void take(FeedEntry entry) {
    try {
      consumer.take(entry);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      faults++;
      if (Long.bitCount(faults) == 1) {
        LOG.error(
            "SW-LISTENER-FAULT (docs/errors/SW-LISTENER-FAULT.md): expected {} to hear of a"
                + " decision, but it failed, {} times so far; what it counts or shows may be wrong,"
                + " executions are not",
            consumer.name(),
            faults,
            e);
      }
    }
    var position = entry.position();
    if (position != null) {
      taken[position.slot()] = position.sequence();
      moved[position.slot()] = true;
      sinceMove++;
    }
  }

  private void moveCursors() {
    sinceMove = 0;
    if (!consumer.isDurable()) {
      return;
    }
    consumer.flush();
    for (var slot = 0; slot < moved.length; slot++) {
      if (moved[slot]) {
        moved[slot] = false;
        reads.accept(new Feed.Read(consumer.name(), slot, taken[slot]));
        kept.set(slot, taken[slot]);
      }
    }
  }
}
