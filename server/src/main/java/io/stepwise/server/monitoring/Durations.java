package io.stepwise.server.monitoring;

import java.nio.ByteBuffer;

/**
 * How long executions took, counted in classes of which three double, from a millisecond to 49
 * days: so that what was counted in many spans of time can be added up and still says how long most
 * of them took. Not thread safe.
 *
 * <p>Limits: a quantile is off by a quarter at most; a count ends at {@value Integer#MAX_VALUE}.
 */
final class Durations {
  /** How many classes there are; the last has no end. */
  static final int CLASSES = 96;

  private final int[] counts = new int[CLASSES];

  /** Counts one. Units: milliseconds. */
  void add(long millis) {
    counts[classOf(millis)]++;
  }

  /** Adds what others counted. */
  void add(Durations others) {
    for (var i = 0; i < CLASSES; i++) {
      counts[i] = Bucket.sum(counts[i], others.counts[i]);
    }
  }

  private static int classOf(long millis) {
    if (millis <= 1) {
      return 0;
    }
    return (int)
        Math.min(CLASSES - 1, Math.ceil(3 * Math.log((double) millis) / Math.log(2) - 1e-9));
  }

  /** Where a class ends. Units: milliseconds. */
  private static double endOf(int ofClass) {
    return Math.pow(2, ofClass / 3.0);
  }

  /**
   * What a share of the durations does not exceed, or −1 where there is none. Units: milliseconds.
   *
   * @param share from 0 to 1
   */
  double quantile(double share) {
    var all = 0L;
    for (var count : counts) {
      all += count;
    }
    var wanted = share * (double) all;
    var before = 0.0;
    for (var i = 0; i < CLASSES; i++) {
      if (counts[i] > 0 && before + counts[i] >= wanted) {
        var begin = i == 0 ? 0 : endOf(i - 1);
        return begin + (endOf(i) - begin) * (wanted - before) / counts[i];
      }
      before += counts[i];
    }
    return -1;
  }

  void write(ByteBuffer to) {
    for (var count : counts) {
      to.putInt(count);
    }
  }

  void read(ByteBuffer from) {
    for (var i = 0; i < CLASSES; i++) {
      counts[i] = from.getInt();
    }
  }
}
