package io.stepwise.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts durations in buckets that grow about threefold, from 100 µs to a day. Thread safe. */
final class DurationHistogram {
  private static final double[] BOUNDS = {
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 3_600, 86_400
  };

  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  DurationHistogram() {
    for (var i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void observe(long durationNanos) {
    var seconds = durationNanos / 1e9;
    var bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    nanos.add(durationNanos);
  }

  /** Writes its samples; {@code labels} without braces, perhaps empty. */
  void write(StringBuilder text, String name, String labels) {
    var comma = labels.isEmpty() ? "" : ",";
    var count = 0L;
    for (var i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      var bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      text.append(name).append("_bucket{").append(labels).append(comma);
      text.append("le=\"").append(bound).append("\"} ").append(count).append('\n');
    }
    text.append(name).append("_sum{").append(labels).append("} ").append(nanos.sum() / 1e9);
    text.append('\n');
    text.append(name).append("_count{").append(labels).append("} ").append(count).append('\n');
  }
}
