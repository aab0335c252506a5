package io.stepwise.server.metrics;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.runtime.DecisionListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts executions by state machine. What a decision costs: nothing between the first and the last
 * of an execution, a look into a map and an addition at those.
 *
 * <p>Limits: {@value #MACHINES_MAX} state machines are told apart; those that come later count
 * together as {@code *}, which is no name. Else every machine that was ever there would be kept.
 */
public final class ExecutionMetrics implements DecisionListener {
  private static final int MACHINES_MAX = 1_000;

  private final Map<Machine, Figures> machines = new ConcurrentHashMap<>();

  /** What figures are told apart by: never the execution, of which there are too many. */
  private record Machine(String name, String type) {
    String labels() {
      return "state_machine=\"" + name + "\",type=\"" + type + "\"";
    }
  }

  /** What is counted. */
  static final class Figures {
    final LongAdder started = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder aborted = new LongAdder();
    final DurationHistogram duration = new DurationHistogram();

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
  public void decided(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    if (before == null) {
      figures(execution).started.increment();
    }
    var closed = execution.status().isClosed() && (before == null || !before.isClosed());
    if (closed) {
      var figures = figures(execution);
      figures.of(execution.status()).increment();
      var millis = execution.stopMillis() - execution.header().startMillis();
      figures.duration.observe(millis * 1_000_000);
    }
  }

  @Override
  public void decidedInMemory(
      Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    decided(execution, events, before);
  }

  private Figures figures(Execution execution) {
    var machine = execution.header().machine();
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

  void write(StringBuilder text) {
    for (var status : ExecutionStatus.values()) {
      if (status == ExecutionStatus.PENDING_REDRIVE) {
        continue;
      }
      var word = status == ExecutionStatus.RUNNING ? "started" : status.name();
      var name = "stepwise_executions_" + word.toLowerCase(Locale.ROOT) + "_total";
      text.append("# TYPE ").append(name).append(" counter\n");
      machines.forEach(
          (machine, figures) ->
              Exposition.sample(text, name, machine.labels(), figures.of(status).sum()));
    }
    var name = "stepwise_execution_duration_seconds";
    text.append("# TYPE ").append(name).append(" histogram\n");
    machines.forEach((machine, figures) -> figures.duration.write(text, name, machine.labels()));
  }
}
