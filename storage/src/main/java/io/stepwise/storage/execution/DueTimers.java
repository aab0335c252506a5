package io.stepwise.storage.execution;

import io.stepwise.engine.execution.Timer;
import io.stepwise.storage.Storage;
import java.util.Arrays;

/** The stored timers of executions in the order in which they are due. */
public final class DueTimers {
  private final Storage storage;

  /** The timers in {@code storage}. */
  public DueTimers(Storage storage) {
    this.storage = storage;
  }

  /**
   * A place among all timers: everything before it is earlier. Units: milliseconds since 1970.
   *
   * @param dueMillis no timer after the place is due earlier
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  public record Place(byte[] key, long dueMillis) {
    /** The place before all timers that are due at a time or later. */
    public static Place at(long dueMillis) {
      return new Place(Keys.timersFrom(dueMillis), dueMillis);
    }

    /** Whether a timer stands before it. */
    public boolean isAfter(long executionId, Timer timer) {
      return timer.dueMillis() < dueMillis
          || (timer.dueMillis() == dueMillis
              && Arrays.compareUnsigned(Keys.timer(executionId, timer), key) < 0);
    }
  }

  /** Takes timers. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one; returns whether to go on. */
    boolean visit(long executionId, Timer timer);
  }

  /** Whether a timer is stored: one that is not was cleared since. */
  public boolean isStored(long executionId, Timer timer) {
    return storage.get(Keys.timer(executionId, timer)) != null;
  }

  /**
   * Visits timers from a place on that are due before a time, in their order.
   *
   * @param max rows looked at at most
   * @return the place of the first that was not looked at; the time, where all were
   */
  public Place visit(Place from, long beforeMillis, int max, Visitor visitor) {
    var rows = new int[1];
    var next = new Place[] {Place.at(beforeMillis)};
    storage.scan(
        from.key(),
        Keys.timersFrom(beforeMillis),
        (key, value) -> {
          if (rows[0]++ == max) {
            next[0] = new Place(key, Keys.dueMillis(key));
            return false;
          }
          return !Keys.isOfExecution(key)
              || visitor.visit(Keys.timerExecution(key), Keys.timer(key));
        });
    return next[0];
  }
}
