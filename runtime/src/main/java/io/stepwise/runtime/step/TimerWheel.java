package io.stepwise.runtime.step;

import io.stepwise.engine.execution.Timer;
import io.stepwise.storage.execution.DueTimers;
import io.stepwise.storage.execution.DueTimers.Place;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one shard worker that are due soon; all others stay in storage until their time
 * comes near, so memory does not grow with the number of waiting executions.
 *
 * <pre>
 *   now ─────────── frontier ─── horizon ───────────▶ time
 *    in the queue      │  read next  │   in storage only
 * </pre>
 *
 * However many are due in one moment, a part of them is read at a time: the frontier, a key of the
 * index by due time, says how far. A timer that was cleared stays in the queue until it is due and
 * is found stale then.
 */
final class TimerWheel {
  /** How far ahead timers are held in memory. Units: milliseconds. */
  private static final long WINDOW_MILLIS = 20_000;

  /** Rows read at a time. */
  private static final int ROWS_MAX = 2_048;

  /** No more are read while that many stored ones wait in the queue. */
  private static final int QUEUE_MIN = 1_024;

  private final DueTimers timers;
  private final LongPredicate isMine;
  private final PriorityQueue<Due> stored = newQueue();
  private final PriorityQueue<Due> inMemory = newQueue();
  private Place frontier = Place.at(0);
  private long horizonMillis;

  TimerWheel(DueTimers timers, LongPredicate isMine) {
    this.timers = timers;
    this.isMine = isMine;
  }

  /** A timer and its execution. */
  record Due(long executionId, Timer timer) {}

  private static PriorityQueue<Due> newQueue() {
    return new PriorityQueue<>(Comparator.comparingLong((Due due) -> due.timer().dueMillis()));
  }

  /** Takes note of a timer that is stored now. */
  void arm(long executionId, Timer timer) {
    if (frontier.isAfter(executionId, timer)) {
      stored.add(new Due(executionId, timer));
    }
  }

  /** Takes note of a timer that is not stored: of an Express execution. */
  void armInMemory(long executionId, Timer timer) {
    inMemory.add(new Due(executionId, timer));
  }

  /** Reads some of what comes near from storage. Cheap unless there is something to read. */
  void refill(long nowMillis) {
    if (isAtHorizon()) {
      if (nowMillis + WINDOW_MILLIS / 2 < horizonMillis) {
        return;
      }
      horizonMillis = nowMillis + WINDOW_MILLIS;
    }
    if (stored.size() >= QUEUE_MIN) {
      return;
    }
    frontier =
        timers.visit(
            frontier,
            horizonMillis,
            ROWS_MAX,
            (id, timer) -> {
              if (isMine.test(id)) {
                stored.add(new Due(id, timer));
              }
              return true;
            });
  }

  private boolean isAtHorizon() {
    return frontier.dueMillis() == horizonMillis;
  }

  /** The queue with the timer that is due first. */
  private PriorityQueue<Due> next() {
    var one = stored.peek();
    var other = inMemory.peek();
    return other == null || (one != null && one.timer().dueMillis() <= other.timer().dueMillis())
        ? stored
        : inMemory;
  }

  /** The next timer that is due, removed from the queue, or null. */
  @Nullable Due poll(long nowMillis) {
    return nextDueMillis() <= nowMillis ? next().poll() : null;
  }

  /** When to look again. Units: milliseconds since 1970. */
  long nextMillis() {
    var refill = isAtHorizon() ? horizonMillis - WINDOW_MILLIS / 2 : frontier.dueMillis();
    return Math.min(refill, nextDueMillis());
  }

  /**
   * The timer that is due first of all that are live, stored ones included, or null. Drops stale
   * ones that stand before it.
   */
  @Nullable Timer first(Predicate<Due> isLive) {
    var held = next().peek();
    while (held != null && !isLive.test(held)) {
      next().remove();
      held = next().peek();
    }
    var found = new @Nullable Timer[] {held == null ? null : held.timer()};
    timers.visit(
        Place.at(0),
        held == null ? Long.MAX_VALUE : held.timer().dueMillis(),
        Integer.MAX_VALUE,
        (id, timer) -> {
          if (!isMine.test(id)) {
            return true;
          }
          found[0] = timer;
          return false;
        });
    return found[0];
  }

  /** When the next timer in memory is due, or {@link Long#MAX_VALUE}. */
  long nextDueMillis() {
    var first = next().peek();
    return first == null ? Long.MAX_VALUE : first.timer().dueMillis();
  }
}
