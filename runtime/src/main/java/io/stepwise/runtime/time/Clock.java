package io.stepwise.runtime.time;

/**
 * The one source of time, real or virtual. Nobody else reads time: the simulation and the tests
 * depend on it.
 */
public interface Clock {
  /** Now. Units: milliseconds since 1970. */
  long nowMillis();

  /**
   * Real nanoseconds until {@code dueMillis} of this clock, at least 0: how long a loop may sleep.
   */
  long nanosUntil(long dueMillis);

  /** The machine's clock. */
  static Clock real() {
    return new Clock() {
      @Override
      public long nowMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public long nanosUntil(long dueMillis) {
        return Math.max(0, dueMillis - nowMillis()) * 1_000_000L;
      }
    };
  }
}
