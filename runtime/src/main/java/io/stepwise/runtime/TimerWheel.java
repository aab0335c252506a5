package io.stepwise.runtime;

import io.stepwise.engine.execution.Timer;
import io.stepwise.storage.Keys;
import io.stepwise.storage.Storage;
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
 *   now ──────────── horizon ───────────────────────▶ time
 *    in the queue       │       in storage only
 * </pre>
 *
 * A timer that was cleared stays in the queue until it is due and is found stale then.
 */
final class TimerWheel {
  /** How far ahead timers are held in memory. Units: milliseconds. */
  private static final long WINDOW_MILLIS = 20_000;

  private final Storage storage;
  private final LongPredicate isMine;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong((Due due) -> due.timer().dueMillis()));
  private long horizonMillis;

  TimerWheel(Storage storage, LongPredicate isMine) {
    this.storage = storage;
    this.isMine = isMine;
  }

  /** A timer and its execution. */
  record Due(long executionId, Timer timer) {}

  /** Takes note of a timer that is stored now. */
  void arm(long executionId, Timer timer) {
    if (timer.dueMillis() < horizonMillis) {
      queue.add(new Due(executionId, timer));
    }
  }

  /** Takes note of a timer that is not stored: of an Express execution. */
  void armInMemory(long executionId, Timer timer) {
    queue.add(new Due(executionId, timer));
  }

  /** Reads what comes near from storage. Cheap unless the window has moved. */
  void refill(long nowMillis) {
    if (nowMillis + WINDOW_MILLIS / 2 < horizonMillis) {
      return;
    }
    var from = Keys.timersFrom(horizonMillis);
    horizonMillis = nowMillis + WINDOW_MILLIS;
    storage.scan(
        from,
        Keys.timersFrom(horizonMillis),
        (key, value) -> {
          var id = Keys.timerExecution(key);
          if (isMine.test(id)) {
            queue.add(new Due(id, Keys.timer(key)));
          }
          return true;
        });
  }

  /** The next timer that is due, removed from the queue, or null. */
  @Nullable Due poll(long nowMillis) {
    var first = queue.peek();
    return first != null && first.timer().dueMillis() <= nowMillis ? queue.poll() : null;
  }

  /** When to look again. Units: milliseconds since 1970. */
  long nextMillis() {
    var first = queue.peek();
    var refill = horizonMillis - WINDOW_MILLIS / 2;
    return first == null ? refill : Math.min(refill, first.timer().dueMillis());
  }

  /**
   * The timer that is due first of all that are live, stored ones included, or null. Drops stale
   * ones that stand before it.
   */
  @Nullable Timer first(Predicate<Due> isLive) {
    while (!queue.isEmpty() && !isLive.test(queue.peek())) {
      queue.remove();
    }
    var held = queue.isEmpty() ? null : queue.peek().timer();
    var found = new @Nullable Timer[] {held};
    storage.scan(
        Keys.timersFrom(0),
        Keys.timersFrom(held == null ? Long.MAX_VALUE : held.dueMillis()),
        (key, value) -> {
          if (!isMine.test(Keys.timerExecution(key))) {
            return true;
          }
          found[0] = Keys.timer(key);
          return false;
        });
    return found[0];
  }

  /** When the next timer in memory is due, or {@link Long#MAX_VALUE}. */
  long nextDueMillis() {
    var first = queue.peek();
    return first == null ? Long.MAX_VALUE : first.timer().dueMillis();
  }
}
