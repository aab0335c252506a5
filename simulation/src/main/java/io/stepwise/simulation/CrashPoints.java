package io.stepwise.simulation;

import java.util.SplittableRandom;

/** Decides at which of the many points where a process may die it does. */
final class CrashPoints {
  private final SplittableRandom random;
  private final int everyMax;
  private boolean enabled = true;
  private int rest;

  /** Crashes once in {@code everyMax} points at most, about twice as often on average. */
  CrashPoints(SplittableRandom random, int everyMax) {
    this.random = random;
    this.everyMax = everyMax;
    this.rest = 1 + random.nextInt(everyMax);
  }

  /** Passes a point; throws {@link SimulatedCrash} where the process dies. */
  void pass(String where) {
    if (enabled && --rest == 0) {
      rest = 1 + random.nextInt(everyMax);
      throw new SimulatedCrash(where);
    }
  }

  /** Does something during which nothing crashes. */
  void pause(Runnable action) {
    var before = enabled;
    enabled = false;
    action.run();
    enabled = before;
  }

  /** No more crashes from now on. */
  void disable() {
    enabled = false;
  }
}
