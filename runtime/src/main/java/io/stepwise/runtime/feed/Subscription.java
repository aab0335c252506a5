package io.stepwise.runtime.feed;

import io.stepwise.storage.StorageFault;
import io.stepwise.storage.feed.FeedTable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and how far it has come in each lane.
 *
 * <p>Its queue holds {@value #COMMITS_MAX} commits. What comes while it is full is left out of it
 * and marks the consumer as behind: it reads the rows of every lane from where it is, epoch by
 * epoch, and what it has read is skipped in the queue.
 */
final class Subscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /** Commits that may wait for a consumer. */
  private static final int COMMITS_MAX = 1_024;

  /** Commits after which a durable consumer's cursor moves, where there are always more. */
  private static final int READ_MAX = 256;

  /** Rows read at a time. */
  private static final int PORTION = 64;

  /**
   * How long commits gather after some were taken: a thread that is woken for each costs the shard
   * more than what it does. Units: nanoseconds.
   */
  private static final long GATHER_NANOS = 2_000_000;

  private final FeedConsumer consumer;
  private final Feed feed;
  private final FeedTable table;
  private final Consumer<Feed.Read> reads;
  private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(COMMITS_MAX);
  private final AtomicLong missed = new AtomicLong();
  private final AtomicLongArray durable = new AtomicLongArray(FeedTable.LANES_MAX);
  private final long[] taken = new long[FeedTable.LANES_MAX];
  private final boolean[] moved = new boolean[FeedTable.LANES_MAX];
  private final ContainedFaults faults;
  private final Thread thread;
  private volatile boolean behind;
  private volatile boolean closed;
  private int sinceMove;

  /** A commit, or a wish to be told when all before it are taken; one of both is null. */
  private record Arrival(@Nullable FeedCommit commit, @Nullable CountDownLatch reached) {}

  Subscription(FeedConsumer consumer, Feed feed, FeedTable table, Consumer<Feed.Read> reads) {
    this.consumer = consumer;
    this.feed = feed;
    this.table = table;
    this.reads = reads;
    this.faults = new ContainedFaults(consumer.name());
    this.thread = Thread.ofPlatform().daemon().name("feed-" + consumer.name()).unstarted(this::run);
  }

  void start() {
    for (var lane : table.lanes()) {
      taken[lane] =
          consumer.isDurable()
              ? table.cursors(lane).getOrDefault(consumer.name(), 0L)
              : table.last(lane);
      durable.set(lane, taken[lane]);
    }
    behind = consumer.isDurable();
    thread.start();
  }

  /** Takes note of a commit; never waits. */
  void offer(FeedCommit commit) {
    if (!queue.offer(new Arrival(commit, null))) {
      behind = true;
    }
  }

  /** How far it has read a lane durably; all of it where it is not durable. */
  long readDurably(int lane) {
    return consumer.isDurable() ? durable.get(lane) : Long.MAX_VALUE;
  }

  /** Its cursor is durable. */
  void noted(Feed.Read read) {
    if (read.consumer().equals(consumer.name())) {
      durable.set(read.lane(), read.sequence());
    }
  }

  Feed.Figures figures() {
    return new Feed.Figures(consumer.name(), queue.size(), missed.get());
  }

  boolean awaitTaken(long millisMax) throws InterruptedException {
    var reached = new CountDownLatch(1);
    var sent = queue.offer(new Arrival(null, reached), millisMax, TimeUnit.MILLISECONDS);
    LockSupport.unpark(thread);
    return sent && reached.await(millisMax, TimeUnit.MILLISECONDS);
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
        var arrival = queue.poll();
        if (arrival == null) {
          moveCursors();
          LockSupport.parkNanos(GATHER_NANOS);
          arrival = queue.take();
        }
        take(arrival);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StorageFault e) {
      if (!closed) {
        LOG.error("{}: {} hears of nothing any more", e.code(), consumer.name(), e);
      }
    }
  }

  private void take(Arrival arrival) {
    var commit = arrival.commit();
    if (commit != null && (commit.sequence() == 0 || commit.sequence() > taken[commit.lane()])) {
      commit.entries().forEach(this::tell);
      if (commit.sequence() > 0) {
        reached(commit.lane(), commit.sequence());
      }
    }
    if (arrival.reached() != null) {
      arrival.reached().countDown();
    }
    if (sinceMove >= READ_MAX) {
      moveCursors();
    }
  }

  private void reached(int lane, long sequence) {
    taken[lane] = sequence;
    moved[lane] = true;
    sinceMove++;
  }

  /** Reads what it has missed, the oldest epoch first, a portion at a time. */
  private void catchUp() throws InterruptedException {
    for (var portion = table.next(taken, PORTION);
        portion != null;
        portion = table.next(taken, PORTION)) {
      if (closed) {
        throw new InterruptedException();
      }
      for (var row : portion.rows()) {
        missed.addAndGet(FeedTable.missing(taken[portion.lane()], row.sequence()));
        for (var item : row.items()) {
          var entry = feed.read(item);
          if (entry != null) {
            tell(entry);
          }
        }
        reached(portion.lane(), row.sequence());
      }
    }
    moveCursors();
  }

  private void tell(FeedEntry entry) {
    faults.contain(() -> consumer.take(entry));
  }

  private void moveCursors() {
    sinceMove = 0;
    if (!consumer.isDurable()) {
      return;
    }
    consumer.flush();
    for (var lane = 0; lane < moved.length; lane++) {
      if (moved[lane]) {
        moved[lane] = false;
        reads.accept(new Feed.Read(consumer.name(), lane, taken[lane]));
      }
    }
  }
}
