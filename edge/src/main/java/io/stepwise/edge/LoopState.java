package io.stepwise.edge;

import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one loop share: what other threads have for it to do, the Date header,
 * and the search for idle connections.
 *
 * <p>Tasks are collected in a lock-free stack. Who puts the first one there wakes the loop; all
 * that arrive until it runs are done together, and each connection that has an answer by then is
 * flushed once. A committer that answers a thousand requests at once costs one wake-up, and what an
 * answer costs is the loop's to pay.
 */
final class LoopState {
  private static final Logger LOG = LoggerFactory.getLogger(LoopState.class);

  private final EventLoop loop;
  private final long idleNanos;
  private final AtomicReference<@Nullable Task> ready = new AtomicReference<>();
  private final Set<Connection> connections = new HashSet<>();
  private final ArrayList<Connection> dirty = new ArrayList<>();
  private boolean delivering;
  private byte[] date = date();

  LoopState(EventLoop loop, Duration idle) {
    this.loop = loop;
    this.idleNanos = HttpServer.nanos(idle);
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** The line of the Date header, with its end. */
  byte[] dateLine() {
    return date;
  }

  void opened(Connection connection) {
    connections.add(connection);
  }

  void closed(Connection connection) {
    connections.remove(connection);
  }

  /** Has a task run on the loop soon; from any thread but the loop's. */
  void offer(Runnable action) {
    var task = new Task(action);
    while (true) {
      var head = ready.get();
      task.next = head;
      if (ready.compareAndSet(head, task)) {
        if (head == null) {
          loop.execute(this::deliver);
        }
        return;
      }
    }
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  boolean onLoop() {
    return loop.inEventLoop();
  }

  /** Whether tasks of other threads are being done: what they answer is written at their end. */
  boolean isDelivering() {
    return delivering;
  }

  /** Notes that a connection has something to write. */
  void dirty(Connection connection) {
    if (connection.markDirty()) {
      dirty.add(connection);
    }
  }

  private void deliver() {
    delivering = true;
    for (var task = reversed(ready.getAndSet(null)); task != null; task = task.next) {
      try {
        task.action.run();
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        LOG.error("Expected to answer a request, but failed", e);
      }
    }
    delivering = false;
    for (var connection : dirty) {
      connection.writeReady();
      connection.flush();
    }
    dirty.clear();
  }

  /** A stack in the order in which it was filled. */
  private static @Nullable Task reversed(@Nullable Task head) {
    @Nullable Task first = null;
    for (var task = head; task != null; ) {
      var next = task.next;
      task.next = first;
      first = task;
      task = next;
    }
    return first;
  }

  /** What another thread has for the loop to do. */
  private static final class Task {
    private final Runnable action;
    private @Nullable Task next;

    Task(Runnable action) {
      this.action = action;
    }
  }

  private void tick() {
    date = date();
    var now = System.nanoTime();
    for (var connection : connections.toArray(new Connection[0])) {
      connection.closeIfIdle(now, idleNanos);
    }
  }

  void close() {
    loop.execute(
        () -> {
          for (var connection : connections.toArray(new Connection[0])) {
            connection.close();
          }
        });
  }

  private static byte[] date() {
    var now = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    return ("date: " + now + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
