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

/**
 * What the connections of one loop share: the answers that other threads have ready, the Date
 * header, and the search for idle connections.
 *
 * <p>Answers are collected in a lock-free stack of exchanges. Who puts the first one there wakes
 * the loop; all that arrive until it runs go out with the same task, and each connection is flushed
 * once. A committer that answers a thousand requests at once costs one wake-up.
 */
final class LoopState {
  private final EventLoop loop;
  private final long idleNanos;
  private final AtomicReference<@Nullable Exchange> ready = new AtomicReference<>();
  private final Set<Connection> connections = new HashSet<>();
  private final ArrayList<Connection> dirty = new ArrayList<>();
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

  /** Takes an answered exchange, from any thread but the loop's. */
  void offer(Exchange exchange) {
    while (true) {
      var head = ready.get();
      exchange.nextReady = head;
      if (ready.compareAndSet(head, exchange)) {
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

  private void deliver() {
    @Nullable Exchange exchange = ready.getAndSet(null);
    while (exchange != null) {
      if (exchange.connection.markDirty()) {
        dirty.add(exchange.connection);
      }
      var next = exchange.nextReady;
      exchange.nextReady = null;
      exchange = next;
    }
    for (var connection : dirty) {
      connection.writeReady();
      connection.flush();
    }
    dirty.clear();
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
