package io.stepwise.edge;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one origin, and the requests that wait for one.
 *
 * <p>There may be as many connections as requests in flight, since each may wait long for its
 * answer. But only a few are opened at a time: when answers come fast, a waiting request gets a
 * connection that is free again before a new one is open, and a burst does not open thousands.
 * Connections that rest are closed bit by bit.
 *
 * @param <W> a request that waits
 */
final class ConnectionPool<W> {
  private static final int CONNECTING_MAX = 16;
  private static final int RESTING_SECONDS = 15;

  private final EventLoop loop;
  private final ArrayDeque<Channel> resting = new ArrayDeque<>();
  private final ArrayDeque<W> waiting = new ArrayDeque<>();
  private int connecting;
  private int restingMin;
  private boolean sweeping;

  ConnectionPool(EventLoop loop) {
    this.loop = loop;
  }

  /** A connection that rests, or null. */
  @Nullable Channel take() {
    for (var known = resting.pollLast(); known != null; known = resting.pollLast()) {
      restingMin = Math.min(restingMin, resting.size());
      if (known.isActive()) {
        return known;
      }
    }
    return null;
  }

  /** Lets a connection rest until it is needed. */
  void rest(Channel free) {
    resting.addLast(free);
    if (!sweeping) {
      sweeping = true;
      restingMin = resting.size();
      loop.schedule(this::sweep, RESTING_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Whether one more connection may be opened now. */
  boolean mayConnect() {
    return connecting < CONNECTING_MAX;
  }

  /** Notes that a connection is being opened. */
  void connecting() {
    connecting++;
  }

  /** Notes that a connection was opened, or that it failed. */
  void connected() {
    connecting--;
  }

  /** Puts a request at the end of the queue. */
  void await(W request) {
    waiting.addLast(request);
  }

  /** The request that has waited longest, or null. */
  @Nullable W nextWaiting() {
    return waiting.pollFirst();
  }

  /** Closes the connections that were never needed since the last time. */
  private void sweep() {
    for (var i = Math.min(restingMin, resting.size()); i > 0; i--) {
      resting.removeFirst().close();
    }
    restingMin = resting.size();
    sweeping = !resting.isEmpty();
    if (sweeping) {
      loop.schedule(this::sweep, RESTING_SECONDS, TimeUnit.SECONDS);
    }
  }
}
