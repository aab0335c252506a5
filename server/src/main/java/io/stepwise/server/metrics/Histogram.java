package io.stepwise.server.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Counts values in buckets. Thread safe; an observation is a short search and two additions. */
final class Histogram {
  /** About threefold each, from 100 µs to a day. Units: seconds. */
  private static final double[] DURATIONS = {
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 3_600, 86_400
  };

  private static final double[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

  private final double[] bounds;
  private final double unit;
  private final LongAdder[] buckets;
  private final LongAdder sum = new LongAdder();

  private Histogram(double[] bounds, double unit) {
    this.bounds = bounds;
    this.unit = unit;
    this.buckets = new LongAdder[bounds.length + 1];
    for (var i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** Of durations, observed in nanoseconds and shown in seconds. */
  static Histogram ofDurations() {
    return new Histogram(DURATIONS, 1e9);
  }

  /** Of counts up to some hundreds. */
  static Histogram ofCounts() {
    return new Histogram(COUNTS, 1);
  }

  void observe(long value) {
    var inUnits = value / unit;
    var bucket = 0;
    while (bucket < bounds.length && inUnits > bounds[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    sum.add(value);
  }

  void observeMillis(long millis) {
    observe(millis * 1_000_000);
  }

  /** Where its buckets end, the last of them without an end. Units: as shown. */
  double[] upperBounds() {
    var all = Arrays.copyOf(bounds, bounds.length + 1);
    all[bounds.length] = Double.POSITIVE_INFINITY;
    return all;
  }

  /** Values in each bucket. */
  long[] counts() {
    return Arrays.stream(buckets).mapToLong(LongAdder::sum).toArray();
  }

  /** All values added up. Units: as shown. */
  double sum() {
    return sum.sum() / unit;
  }
}
