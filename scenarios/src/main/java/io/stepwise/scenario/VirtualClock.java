package io.stepwise.scenario;

import io.stepwise.runtime.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told. Safe to read from any thread. */
public final class VirtualClock implements Clock {
  private volatile long nowMillis;

  /** A clock that stands at {@code start}. */
  public VirtualClock(Instant start) {
    this.nowMillis = start.toEpochMilli();
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  /** Now. */
  public Instant now() {
    return Instant.ofEpochMilli(nowMillis);
  }

  /** Nothing comes nearer by sleeping, so a loop looks again after a millisecond. */
  @Override
  public long nanosUntil(long dueMillis) {
    return dueMillis <= nowMillis ? 0 : 1_000_000L;
  }

  /** Moves on. */
  public void advance(Duration by) {
    advanceTo(nowMillis + by.toMillis());
  }

  /** Is set back, as clocks of machines are. */
  public void setBack(Duration by) {
    var now = nowMillis;
    nowMillis = now - by.toMillis();
  }

  /** Moves on to a moment; one that is past already changes nothing. Units: ms since 1970. */
  public void advanceTo(long millis) {
    nowMillis = Math.max(nowMillis, millis);
  }
}
