package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Consumer;

/**
 * The figures of one moment, on their way to be printed: what is counted keeps no form of its own.
 */
final class Snapshots {
  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  /** Takes a value with its labels. */
  interface Points<V> {
    void add(Labels labels, V value);
  }

  /** A metric that only grows; its name without {@code _total}. */
  void counter(String name, String help, Consumer<Points<Number>> values) {
    var metric = CounterSnapshot.builder().name(name).help(help);
    values.accept(
        (labels, value) ->
            metric.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value(value.doubleValue())
                    .build()));
    all.metricSnapshot(metric.build());
  }

  /** A metric that rises and falls. */
  void gauge(String name, String help, Consumer<Points<Number>> values) {
    var metric = GaugeSnapshot.builder().name(name).help(help);
    values.accept(
        (labels, value) ->
            metric.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value(value.doubleValue())
                    .build()));
    all.metricSnapshot(metric.build());
  }

  /** As above, with one value and no labels. */
  void gauge(String name, String help, Number value) {
    gauge(name, help, points -> points.add(Labels.EMPTY, value));
  }

  /** A metric of values in buckets. */
  void histogram(String name, String help, Consumer<Points<Histogram>> values) {
    var metric = HistogramSnapshot.builder().name(name).help(help);
    values.accept(
        (labels, histogram) -> {
          var point =
              HistogramDataPointSnapshot.builder()
                  .classicHistogramBuckets(
                      ClassicHistogramBuckets.of(histogram.upperBounds(), histogram.counts()));
          point.sum(histogram.sum()).labels(labels);
          metric.dataPoint(point.build());
        });
    all.metricSnapshot(metric.build());
  }

  MetricSnapshots build() {
    return all.build();
  }
}
