package io.stepwise.server.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was counted in one span of time, of one state machine or of all. Not thread safe.
 *
 * <p>Limits: a count ends at {@value Integer#MAX_VALUE}.
 */
final class Bucket {
  int started;
  int succeeded;
  int failed;
  int timedOut;
  int aborted;
  int redriven;

  /** States entered, and retries: what AWS bills of Standard executions. */
  long transitions;

  final Durations durations = new Durations();

  /** Attempts of tasks that ended, by what did them. */
  final Map<String, Tasks> tasks = new LinkedHashMap<>();

  /** Attempts of tasks that ended. */
  static final class Tasks {
    int succeeded;
    int failed;
  }

  /** The attempts that something did. */
  Tasks tasksOf(String integration) {
    return tasks.computeIfAbsent(integration, name -> new Tasks());
  }

  /** Adds what was counted elsewhere. */
  void add(Bucket other) {
    started = sum(started, other.started);
    succeeded = sum(succeeded, other.succeeded);
    failed = sum(failed, other.failed);
    timedOut = sum(timedOut, other.timedOut);
    aborted = sum(aborted, other.aborted);
    redriven = sum(redriven, other.redriven);
    transitions += other.transitions;
    durations.add(other.durations);
    other.tasks.forEach(
        (integration, more) -> {
          var own = tasksOf(integration);
          own.succeeded = sum(own.succeeded, more.succeeded);
          own.failed = sum(own.failed, more.failed);
        });
  }

  /** The sum of two counts, or the highest there is. */
  static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }
}
