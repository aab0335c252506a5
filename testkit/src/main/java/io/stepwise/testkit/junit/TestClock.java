package io.stepwise.testkit.junit;

import io.stepwise.runtime.time.VirtualTime;
import io.stepwise.runtime.time.VirtualTime.Skip;
import io.stepwise.server.StepwiseServer;
import java.time.Duration;
import java.time.Instant;

/**
 * The virtual time of a server under test.
 *
 * <p>It skips waits and retry delays by itself. Timeouts and heartbeats of tasks that a worker or
 * the holder of a task token may still answer come only by {@link #advance}.
 */
public final class TestClock {
  private final StepwiseServer server;

  TestClock(StepwiseServer server) {
    this.server = server;
  }

  /** Now. */
  public Instant now() {
    return Instant.ofEpochMilli(time().nowMillis());
  }

  /**
   * Moves time on, from timer to timer; returns when everything that was due is done. A function
   * that is called on the way is waited for.
   */
  public void advance(Duration by) {
    time().advance(by).join();
  }

  /** As {@link #advance}, to a moment; one that is past already changes nothing. */
  public void advanceTo(Instant moment) {
    time().advanceTo(moment).join();
  }

  /** Changes what time skips to by itself; a reset goes back to {@link Skip#WAITS}. */
  public void skip(Skip skip) {
    time().skip(skip);
  }

  private VirtualTime time() {
    return server
        .virtualTime()
        .orElseThrow(() -> new IllegalStateException("Expected a server with a virtual clock"));
  }
}
