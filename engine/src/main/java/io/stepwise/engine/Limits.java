package io.stepwise.engine;

/**
 * The bounds a decider keeps. Each is an option of the server.
 *
 * @param payloadBytesMax input or output of a state, task or execution. AWS: 262,144 bytes
 * @param historyEventsMax events of a Standard execution; the last is its failure. AWS: 25,000
 * @param inlineMapConcurrency iterations of an inline Map at a time. AWS: about 40
 * @param mapRunConcurrency children of a map run at a time. AWS: 10,000
 * @param decisionStepsMax events and children of one decision; then it goes on by a command
 * @param standardSecondsMax run time of a Standard execution. AWS: a year
 * @param expressSecondsMax run time of an Express execution. AWS: five minutes
 * @param waitTimeScale factor on every wait, retry delay, timeout and heartbeat; 0 waits for
 *     nothing
 */
public record Limits(
    int payloadBytesMax,
    int historyEventsMax,
    int inlineMapConcurrency,
    int mapRunConcurrency,
    int decisionStepsMax,
    long standardSecondsMax,
    long expressSecondsMax,
    double waitTimeScale) {

  public Limits {
    if (!(waitTimeScale >= 0)) {
      throw new IllegalArgumentException(
          "Expected a wait time scale of at least 0, got " + waitTimeScale);
    }
  }

  /**
   * When something is due that would be due at {@code dueMillis} if time were not scaled. Units:
   * milliseconds since 1970.
   */
  public long scaled(long dueMillis, long nowMillis) {
    return waitTimeScale == 1.0 || dueMillis <= nowMillis
        ? dueMillis
        : nowMillis + Math.round((dueMillis - nowMillis) * waitTimeScale);
  }

  /** The same limits with another wait time scale. */
  public Limits withWaitTimeScale(double scale) {
    return new Limits(
        payloadBytesMax,
        historyEventsMax,
        inlineMapConcurrency,
        mapRunConcurrency,
        decisionStepsMax,
        standardSecondsMax,
        expressSecondsMax,
        scale);
  }

  /** AWS's quotas. */
  public static final Limits AWS =
      new Limits(262_144, 25_000, 40, 1_000, 2_000, 31_536_000, 300, 1.0);
}
