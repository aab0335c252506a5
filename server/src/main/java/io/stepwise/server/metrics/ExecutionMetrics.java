package io.stepwise.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import io.stepwise.runtime.feed.FeedConsumer;
import io.stepwise.runtime.feed.FeedEntry;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.storage.execution.ExecutionIndex;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts executions by state machine, and hands what concerns tasks and the engine on to their own
 * figures. What a decision costs: a look at the type of each event; at the first and the last of an
 * execution also a look into a map and an addition.
 *
 * <p>Limits: {@value #MACHINES_MAX} state machines are told apart; those that come later count
 * together as {@code *}, which is no name. Else every machine that was ever there would be kept.
 */
public final class ExecutionMetrics implements FeedConsumer, DecisionListener {
  private static final int MACHINES_MAX = 1_000;

  private final Map<Machine, Figures> machines = new ConcurrentHashMap<>();
  private final TaskMetrics tasks = new TaskMetrics();
  private final EngineMetrics engine = new EngineMetrics();

  /** What figures are told apart by: never the execution, of which there are too many. */
  private record Machine(String name, String type) {
    Labels labels() {
      return Labels.of("state_machine", name, "type", type);
    }
  }

  /** What is counted. */
  static final class Figures {
    final LongAdder started = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder aborted = new LongAdder();
    final LongAdder running = new LongAdder();
    final Histogram duration = Histogram.ofDurations();

    LongAdder of(ExecutionStatus status) {
      return switch (status) {
        case SUCCEEDED -> succeeded;
        case FAILED -> failed;
        case TIMED_OUT -> timedOut;
        case ABORTED -> aborted;
        case RUNNING, PENDING_REDRIVE -> started;
      };
    }
  }

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public void take(FeedEntry entry) {
    tasks.take(entry);
    var header = entry.header();
    var before = entry.before();
    if (before == null) {
      figures(header).started.increment();
    }
    var running =
        (entry.after() == ExecutionStatus.RUNNING ? 1 : 0)
            - (before == ExecutionStatus.RUNNING ? 1 : 0);
    if (running != 0 && !header.isMapRunChild()) {
      figures(header).running.add(running);
    }
    if (entry.closes()) {
      var figures = figures(header);
      figures.of(entry.after()).increment();
      figures.duration.observeMillis(Math.max(0, entry.stopMillis() - header.startMillis()));
    }
  }

  /** Decisions are heard of in the feed. */
  @Override
  public boolean hearsDecisions() {
    return false;
  }

  @Override
  public void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {}

  @Override
  public void timerFired(Timer timer, long nowMillis) {
    engine.timerFired(nowMillis - timer.dueMillis());
  }

  @Override
  public void committed(int messages, long nanos) {
    engine.committed(messages, nanos);
  }

  /** Takes the executions that are running in a store that is about to be worked on. */
  public void resume(ExecutionIndex index) {
    machines.values().forEach(figures -> figures.running.reset());
    index.running((execution, count) -> figures(execution.header()).running.add(count));
  }

  /** How many executions of a state machine are running; of all where the name is empty. */
  public long running(String name) {
    var running = 0L;
    for (var each : machines.entrySet()) {
      if (name.isEmpty() || each.getKey().name().equals(name)) {
        running += each.getValue().running.sum();
      }
    }
    return running;
  }

  private Figures figures(ExecutionHeader header) {
    var machine = header.machine();
    return figures(machine.name(), machine.type().name());
  }

  /** The figures of a state machine, or those of all that are not told apart. */
  Figures figures(String name, String type) {
    var known = machines.get(new Machine(name, type));
    if (known != null) {
      return known;
    }
    var kept = machines.size() < MACHINES_MAX ? name : "*";
    return machines.computeIfAbsent(new Machine(kept, type), key -> new Figures());
  }

  void addTo(Snapshots snapshots) {
    for (var status : ExecutionStatus.values()) {
      if (status == ExecutionStatus.PENDING_REDRIVE) {
        continue;
      }
      var word =
          (status == ExecutionStatus.RUNNING ? "started" : status.name()).toLowerCase(Locale.ROOT);
      snapshots.counter(
          "stepwise_executions_" + word,
          "Executions " + word.replace('_', ' '),
          points ->
              machines.forEach(
                  (machine, figures) -> points.add(machine.labels(), figures.of(status).sum())));
    }
    snapshots.gauge(
        "stepwise_executions_running",
        "Executions that are running now",
        points ->
            machines.forEach(
                (machine, figures) -> points.add(machine.labels(), figures.running.sum())));
    snapshots.histogram(
        "stepwise_execution_duration_seconds",
        "From the start of an execution to its end",
        points ->
            machines.forEach((machine, figures) -> points.add(machine.labels(), figures.duration)));
    tasks.addTo(snapshots);
    engine.addTo(snapshots);
  }
}
