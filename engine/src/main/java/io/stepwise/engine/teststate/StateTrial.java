package io.stepwise.engine.teststate;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.FailState;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.TaskState;
import io.stepwise.engine.Limits;
import io.stepwise.engine.behavior.Draft;
import io.stepwise.engine.behavior.Inspector.Stage;
import io.stepwise.engine.behavior.Walk;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.Timer;
import io.stepwise.engine.teststate.TrialResult.Status;
import io.stepwise.expression.Moment;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One run of one state, outside of any execution: TestState. It is the engine's own walk over an
 * execution of a single state; nobody stores it.
 *
 * <pre>
 * begin ─▶ (effect ─▶ settle) | (timer ─▶ wait is over) | pretend ─▶ result
 * </pre>
 *
 * <p>Not thread safe.
 */
public final class StateTrial {
  private final TrialSetup setup;
  private final Limits limits;
  private final Execution execution;
  private final TrialRecord record;
  private final List<Event> events = new ArrayList<>();

  /** A run that enters its state at {@code moment}. */
  public StateTrial(TrialSetup setup, Limits limits, Moment moment) {
    this.setup = setup;
    this.limits = limits;
    this.execution = new Execution(setup.header());
    this.record = new TrialRecord(setup, moment.instant().toEpochMilli());
    enter(moment);
  }

  private void enter(Moment moment) {
    var draft = new Draft(execution, moment, limits);
    var header = setup.header();
    draft.write(
        new Progress.ScopeOpened(Scope.ROOT, -1, 0, header.graphIndex(), header.input(), 0));
    var root = root();
    root.restore(setup.variables(), 0, 0, null, setup.stateName(), header.input());
    new Walk(draft, arn -> true).enter(root);
    var counts = new int[retriers(setup.state())];
    Arrays.fill(counts, setup.retryCount());
    root.activeState().restore(counts, null, null, List.of());
  }

  /** Begins the state; returns what it asks of the world, if it is a task that can begin. */
  public Optional<Effect> begin(Moment moment) {
    if (setup.state() instanceof FailState fail && fail.dataFlow() instanceof DataFlow.JsonPath) {
      record.reached(Stage.AFTER_INPUT_PATH, setup.header().input());
    }
    var draft = draft(moment);
    new Walk(draft, arn -> true).begin(root());
    events.addAll(draft.events());
    return draft.effects().stream().findFirst();
  }

  /** The work of the task that began is over. */
  public void settle(Outcome outcome, Moment moment) {
    var root = root();
    var attempt = root.activeState().attempt();
    if (attempt == null) {
      throw new IllegalStateException("Expected a task that began");
    }
    var draft = draft(moment);
    var reply = new Walk(draft, arn -> true).settle(root.id(), attempt.stamp(), outcome);
    events.addAll(draft.events());
  }

  /** Bound on the work of the task that began, or 0. Units: seconds. */
  public long timeoutSeconds() {
    var attempt = root().activeState().attempt();
    return attempt == null ? 0 : attempt.timeoutSeconds();
  }

  /** The timer of a Wait that began, or null where it is over. */
  public @Nullable Timer waitsFor() {
    var root = execution.findScope(Scope.ROOT);
    var active = root == null ? null : root.active();
    return active == null
        ? null
        : active.timers().stream()
            .filter(timer -> timer.kind() == Timer.Kind.WAIT)
            .findFirst()
            .orElse(null);
  }

  /** The Wait is over. */
  public void fire(Timer timer, Moment moment) {
    var draft = draft(moment);
    new Walk(draft, arn -> true).fire(timer);
    events.addAll(draft.events());
  }

  /** Ends a Parallel or Map state as {@code outcome} says, see {@link Walk#pretend}. */
  public void pretend(
      Outcome outcome, @Nullable JsonNode readerData, long failureCount, Moment moment) {
    var draft = draft(moment);
    new Walk(draft, arn -> true).pretend(root(), outcome, readerData, failureCount);
    events.addAll(draft.events());
  }

  /** Ends the run from outside: it took too long. */
  public TrialResult timedOut() {
    record.failed("States.Timeout", null);
    return result(Status.FAILED, null);
  }

  /** How the state ended. */
  public TrialResult result() {
    EventDetails.StateExited exit = null;
    for (var event : events) {
      if (event instanceof HistoryEvent history
          && history.details() instanceof EventDetails.StateExited exited) {
        exit = exited;
      }
    }
    if (exit != null) {
      return result(record.hasFailed ? Status.CAUGHT_ERROR : Status.SUCCEEDED, exit);
    }
    return result(record.retrySeconds == null ? Status.FAILED : Status.RETRIABLE, null);
  }

  private TrialResult result(Status status, EventDetails.@Nullable StateExited exit) {
    Map<String, Payload> variables = new LinkedHashMap<>(setup.variables());
    if (exit != null) {
      variables.putAll(exit.assigned());
    }
    return new TrialResult(
        status,
        exit == null ? null : exit.output(),
        record.error,
        record.cause,
        exit == null ? null : exit.next(),
        record.stages,
        record.limits,
        variables,
        record.retryIndex,
        record.retrySeconds,
        record.catchIndex);
  }

  private Draft draft(Moment moment) {
    return new Draft(execution, moment, limits, record);
  }

  private Scope root() {
    return execution.scope(Scope.ROOT);
  }

  private static int retriers(State state) {
    return switch (state) {
      case TaskState task -> task.retriers().size();
      case ParallelState parallel -> parallel.retriers().size();
      case MapState map -> map.retriers().size();
      default -> 0;
    };
  }
}
