package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;

/** What the engine costs: commits, how much each holds, and how late timers fire. */
final class EngineMetrics {
  private final Histogram commits = Histogram.ofDurations();
  private final Histogram messages = Histogram.ofCounts();
  private final Histogram timerLag = Histogram.ofDurations();

  void committed(int count, long nanos) {
    commits.observe(nanos);
    messages.observe(count);
  }

  void timerFired(long lagMillis) {
    timerLag.observeMillis(Math.max(0, lagMillis));
  }

  void addTo(Snapshots snapshots) {
    one(snapshots, "stepwise_commit_duration_seconds", commits, "Time of a synced commit");
    one(snapshots, "stepwise_commit_messages", messages, "Messages made durable by one commit");
    one(snapshots, "stepwise_timer_lag_seconds", timerLag, "How late timers fired");
  }

  private static void one(Snapshots snapshots, String name, Histogram histogram, String help) {
    snapshots.histogram(name, help, points -> points.add(Labels.EMPTY, histogram));
  }
}
