package io.stepwise.cli.run;

/** Durations for people. */
public final class Durations {
  private Durations() {}

  /** In at most seven characters or so. Units: milliseconds. */
  public static String text(long millis) {
    if (millis < 1_000) {
      return Math.max(0, millis) + "ms";
    }
    var seconds = millis / 1_000;
    if (seconds < 60) {
      return "%d.%ds".formatted(seconds, millis % 1_000 / 100);
    }
    if (seconds < 3_600) {
      return "%dm %02ds".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%dh %02dm".formatted(seconds / 3_600, seconds / 60 % 60);
    }
    return "%dd %02dh".formatted(seconds / 86_400, seconds / 3_600 % 24);
  }
}
