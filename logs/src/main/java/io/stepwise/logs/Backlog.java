package io.stepwise.logs;

import io.stepwise.logs.LogStore.Line;
import io.stepwise.storage.StorageFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines that wait to be written. Who brings one never waits for the disk.
 *
 * <p>Limits: {@value #BYTES_MAX} bytes, about; what comes while they are taken is dropped, and when
 * there is room again a line in its stream says how many were.
 */
final class Backlog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  /** Units: bytes, of which a character is taken to need one. */
  private static final long BYTES_MAX = 16 << 20;

  /** What a waiting line takes besides its text, about. Units: bytes. */
  private static final int LINE_BYTES = 96;

  /** How long lines gather, so that a commit has many. Units: nanoseconds. */
  private static final long GATHER_NANOS = 20_000_000;

  private final Consumer<List<Waiting>> write;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock order = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private List<Waiting> waiting = new ArrayList<>();
  private Map<Source, Dropped> drops = new HashMap<>();
  private long bytes;
  private long dropped;
  private boolean closed;
  private @Nullable Thread thread;

  /** A line and where it goes. */
  record Waiting(String arn, String stream, Line line) {}

  private record Source(String arn, String stream) {}

  private record Dropped(long count, long lastMillis) {}

  Backlog(Consumer<List<Waiting>> write) {
    this.write = write;
  }

  void offer(String arn, String stream, Line line) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      var more = line.message().length() + LINE_BYTES;
      if (bytes + more > BYTES_MAX) {
        dropped++;
        drops.merge(
            new Source(arn, stream),
            new Dropped(1, line.millis()),
            (before, one) -> new Dropped(before.count() + 1, line.millis()));
        return;
      }
      bytes += more;
      waiting.add(new Waiting(arn, stream, line));
      if (waiting.size() == 1) {
        filled.signal();
      }
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("logs").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits by now, on the caller's thread. */
  void writeNow() {
    // Who takes lines writes them before others write what came after.
    order.lock();
    try {
      var taken = take();
      if (!taken.isEmpty()) {
        write.accept(taken);
      }
    } finally {
      order.unlock();
    }
  }

  private List<Waiting> take() {
    lock.lock();
    try {
      var taken = waiting;
      if (taken.isEmpty() && drops.isEmpty()) {
        return List.of();
      }
      waiting = new ArrayList<>();
      drops.forEach(
          (source, lost) ->
              taken.add(
                  new Waiting(
                      source.arn(),
                      source.stream(),
                      new Line(lost.lastMillis(), told(lost.count())))));
      drops = new HashMap<>();
      bytes = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private static String told(long count) {
    return "Stepwise: "
        + count
        + (count == 1 ? " line was" : " lines were")
        + " dropped here: more was logged than could be written.";
  }

  private void run() {
    while (awaitLines()) {
      try {
        writeNow();
      } catch (StorageFault e) {
        LOG.error("{}: lines of functions and executions could not be kept", e.code(), e);
      } catch (RuntimeException e) {
        LOG.error("Expected to keep lines of functions and executions, but failed", e);
      }
    }
  }

  private boolean awaitLines() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        filled.await();
      }
      var left = GATHER_NANOS;
      while (!closed && left > 0) {
        left = filled.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits; what comes later is not taken. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
    var running = thread;
    if (running != null) {
      try {
        running.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    writeNow();
  }
}
