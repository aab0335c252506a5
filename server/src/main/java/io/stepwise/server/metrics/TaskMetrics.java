package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.aws.Arn;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.runtime.feed.FeedEntry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the attempts of tasks, by what does them: CloudWatch's metrics of activities,
 * Lambda functions and service integrations.
 *
 * <p>An attempt is remembered from its scheduling to its end. One that was scheduled before the
 * server started is counted under {@code unknown} and not timed.
 */
final class TaskMetrics {
  /** Resources told apart; more than that are {@code other}. */
  private static final int RESOURCES_MAX = 1_000;

  private static final String UNKNOWN = "unknown";
  private static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

  private final Map<Resource, Figures> resources = new ConcurrentHashMap<>();

  /** Attempts under way, by execution and scope. An execution is only seen by its own worker. */
  private final Map<Long, Map<Integer, Attempt>> underWay = new ConcurrentHashMap<>();

  /** Who does tasks, and the words of its metrics. */
  private enum Kind {
    ACTIVITY("stepwise_activities_", "stepwise_activity_", "activity"),
    LAMBDA_FUNCTION("stepwise_lambda_functions_", "stepwise_lambda_function_", "function"),
    SERVICE_INTEGRATION(
        "stepwise_service_integrations_", "stepwise_service_integration_", "integration");

    final String counters;
    final String times;
    final String label;

    Kind(String counters, String times, String label) {
      this.counters = counters;
      this.times = times;
      this.label = label;
    }
  }

  private enum Phase {
    SCHEDULED,
    STARTED,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    HEARTBEAT_TIMED_OUT
  }

  private record Resource(Kind kind, String name) {
    Labels labels() {
      return Labels.of(kind.label, name);
    }
  }

  private static final class Figures {
    final Map<Phase, LongAdder> phases = new EnumMap<>(Phase.class);
    final Histogram schedule = Histogram.ofDurations();
    final Histogram run = Histogram.ofDurations();
    final Histogram duration = Histogram.ofDurations();

    Figures() {
      for (var phase : Phase.values()) {
        phases.put(phase, new LongAdder());
      }
    }

    void count(Phase phase) {
      of(phase).increment();
    }

    LongAdder of(Phase phase) {
      return Objects.requireNonNull(phases.get(phase));
    }
  }

  private static final class Attempt {
    final Figures figures;
    final long scheduledMillis;
    long startedMillis;

    Attempt(Figures figures, long scheduledMillis) {
      this.figures = figures;
      this.scheduledMillis = scheduledMillis;
      this.startedMillis = scheduledMillis;
    }
  }

  /** Takes what a decision said of tasks. */
  void take(FeedEntry entry) {
    var id = entry.header().id();
    for (var event : entry.events()) {
      if (event instanceof HistoryEvent shown) {
        take(id, shown);
      }
    }
    if (entry.after().isClosed() && !underWay.isEmpty()) {
      underWay.remove(id);
    }
  }

  private void take(long execution, HistoryEvent event) {
    switch (event.type()) {
      case ActivityScheduled, LambdaFunctionScheduled, TaskScheduled -> scheduled(execution, event);
      case ActivityStarted -> started(Kind.ACTIVITY, execution, event);
      case LambdaFunctionStarted -> started(Kind.LAMBDA_FUNCTION, execution, event);
      case TaskStarted -> started(Kind.SERVICE_INTEGRATION, execution, event);
      case ActivitySucceeded -> ended(Kind.ACTIVITY, Phase.SUCCEEDED, execution, event);
      case LambdaFunctionSucceeded ->
          ended(Kind.LAMBDA_FUNCTION, Phase.SUCCEEDED, execution, event);
      case TaskSucceeded -> ended(Kind.SERVICE_INTEGRATION, Phase.SUCCEEDED, execution, event);
      case ActivityFailed, ActivityScheduleFailed ->
          ended(Kind.ACTIVITY, Phase.FAILED, execution, event);
      case LambdaFunctionFailed, LambdaFunctionScheduleFailed, LambdaFunctionStartFailed ->
          ended(Kind.LAMBDA_FUNCTION, Phase.FAILED, execution, event);
      case TaskFailed, TaskStartFailed, TaskSubmitFailed ->
          ended(Kind.SERVICE_INTEGRATION, Phase.FAILED, execution, event);
      case ActivityTimedOut -> ended(Kind.ACTIVITY, timeout(event), execution, event);
      case LambdaFunctionTimedOut -> ended(Kind.LAMBDA_FUNCTION, timeout(event), execution, event);
      case TaskTimedOut -> ended(Kind.SERVICE_INTEGRATION, timeout(event), execution, event);
      default -> {} // The other types have nothing to do with tasks.
    }
  }

  private void scheduled(long execution, HistoryEvent event) {
    var resource =
        switch (event.details()) {
          case EventDetails.ActivityScheduled activity ->
              new Resource(Kind.ACTIVITY, idIn(activity.resource()));
          case EventDetails.LambdaScheduled lambda ->
              new Resource(Kind.LAMBDA_FUNCTION, idIn(lambda.resource()));
          case EventDetails.TaskScheduled task ->
              new Resource(Kind.SERVICE_INTEGRATION, task.resourceType() + ":" + task.resource());
          default -> throw new IllegalStateException("Expected the details of " + event.type());
        };
    var figures = figures(resource);
    figures.count(Phase.SCHEDULED);
    underWay
        .computeIfAbsent(execution, id -> new HashMap<>())
        .put(event.scopeId(), new Attempt(figures, event.timestampMillis()));
  }

  private void started(Kind kind, long execution, HistoryEvent event) {
    var attempt = find(execution, event.scopeId());
    if (attempt == null) {
      figures(new Resource(kind, UNKNOWN)).count(Phase.STARTED);
      return;
    }
    attempt.startedMillis = event.timestampMillis();
    attempt.figures.count(Phase.STARTED);
    attempt.figures.schedule.observeMillis(attempt.startedMillis - attempt.scheduledMillis);
  }

  private void ended(Kind kind, Phase phase, long execution, HistoryEvent event) {
    var attempts = underWay.get(execution);
    var attempt = attempts == null ? null : attempts.remove(event.scopeId());
    if (attempts == null || attempt == null) {
      figures(new Resource(kind, UNKNOWN)).count(phase);
      return;
    }
    if (attempts.isEmpty()) {
      underWay.remove(execution);
    }
    attempt.figures.count(phase);
    attempt.figures.run.observeMillis(event.timestampMillis() - attempt.startedMillis);
    attempt.figures.duration.observeMillis(event.timestampMillis() - attempt.scheduledMillis);
  }

  private @Nullable Attempt find(long execution, int scope) {
    var attempts = underWay.get(execution);
    return attempts == null ? null : attempts.get(scope);
  }

  private Figures figures(Resource resource) {
    var known = resources.get(resource);
    if (known != null) {
      return known;
    }
    var bounded =
        resources.size() < RESOURCES_MAX ? resource : new Resource(resource.kind(), "other");
    return resources.computeIfAbsent(bounded, key -> new Figures());
  }

  private static Phase timeout(HistoryEvent event) {
    var error =
        switch (event.details()) {
          case EventDetails.Failure failure -> failure.error();
          case EventDetails.TaskFailure failure -> failure.error();
          default -> null;
        };
    return HEARTBEAT_TIMEOUT.equals(error) ? Phase.HEARTBEAT_TIMED_OUT : Phase.TIMED_OUT;
  }

  /** The name in an ARN. */
  private static String idIn(String arn) {
    return Arn.parse(arn).map(Arn::resourceId).orElse(arn);
  }

  void addTo(Snapshots snapshots) {
    for (var kind : Kind.values()) {
      for (var phase : Phase.values()) {
        if (phase == Phase.HEARTBEAT_TIMED_OUT && kind == Kind.LAMBDA_FUNCTION) {
          continue; // Functions send no heartbeats.
        }
        var word = phase.name().toLowerCase(Locale.ROOT);
        snapshots.counter(
            kind.counters + word,
            "Attempts of tasks " + word.replace('_', ' '),
            points ->
                of(kind)
                    .forEach(
                        (resource, figures) ->
                            points.add(resource.labels(), figures.of(phase).sum())));
      }
      times(snapshots, kind, "schedule_seconds", "From scheduled to started", f -> f.schedule);
      times(snapshots, kind, "run_seconds", "From started to ended", f -> f.run);
      times(snapshots, kind, "duration_seconds", "From scheduled to ended", f -> f.duration);
    }
  }

  private void times(
      Snapshots snapshots,
      Kind kind,
      String suffix,
      String help,
      Function<Figures, Histogram> histogram) {
    snapshots.histogram(
        kind.times + suffix,
        help,
        points ->
            of(kind)
                .forEach(
                    (resource, figures) ->
                        points.add(resource.labels(), histogram.apply(figures))));
  }

  private Map<Resource, Figures> of(Kind kind) {
    var found = new HashMap<Resource, Figures>();
    resources.forEach(
        (resource, figures) -> {
          if (resource.kind() == kind) {
            found.put(resource, figures);
          }
        });
    return found;
  }

  /** How many attempts are remembered. */
  int underWay() {
    return underWay.size();
  }
}
