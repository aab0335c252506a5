package io.stepwise.engine.behavior;

import io.stepwise.engine.Limits;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.event.Progress;
import io.stepwise.engine.execution.Evolver;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.Scope;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Moment;
import io.stepwise.expression.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the making: what happened so far, and which scopes can go on.
 *
 * <p>Every event is applied as it is written, so a behavior always sees the present state.
 */
public final class Draft {
  private final Execution execution;
  private final Moment moment;
  private final Limits limits;
  private final long nowMillis;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>(2);
  private final ArrayDeque<Scope> ready = new ArrayDeque<>();
  private final @Nullable Inspector inspector;
  private int steps;

  /** A decision about {@code execution} at {@code moment}. */
  public Draft(Execution execution, Moment moment, Limits limits) {
    this(execution, moment, limits, null);
  }

  /** As above, with somebody who looks on. */
  public Draft(Execution execution, Moment moment, Limits limits, @Nullable Inspector inspector) {
    this.inspector = inspector;
    this.execution = execution;
    this.moment = moment;
    this.limits = limits;
    this.nowMillis = moment.instant().toEpochMilli();
  }

  /** The execution, with all events so far applied. */
  public Execution execution() {
    return execution;
  }

  /** Time and randomness. */
  public Moment moment() {
    return moment;
  }

  /** Bounds to keep. */
  public Limits limits() {
    return limits;
  }

  /** Who looks on, or null: no execution is inspected, only a state under test. */
  @Nullable Inspector inspector() {
    return inspector;
  }

  /** Tells who looks on, if anybody does, that the data flow got to a value. */
  void reached(Inspector.Stage stage, Payload value) {
    if (inspector != null) {
      inspector.reached(stage, value);
    }
  }

  /** The decision's instant. Units: milliseconds since 1970. */
  public long nowMillis() {
    return nowMillis;
  }

  /** What happened so far. */
  public List<Event> events() {
    return events;
  }

  /** What is asked of the world so far. */
  public List<Effect> effects() {
    return effects;
  }

  /** Writes a history event caused by the scope's last one; returns its id. */
  public long write(Scope scope, EventType type, EventDetails details) {
    return write(scope, type, details, scope.lastEventId());
  }

  /**
   * Writes a history event with a cause of its own; returns its id.
   *
   * <p>Errors: {@link HistoryLimitReached} where the next event must be the execution's failure.
   */
  public long write(Scope scope, EventType type, EventDetails details, long previousEventId) {
    var id = execution.lastEventId() + 1;
    if (id >= limits.historyEventsMax() && !execution.header().isExpress()) {
      throw new HistoryLimitReached();
    }
    append(new HistoryEvent(scope.id(), id, previousEventId, eventMillis(), type, details));
    return id;
  }

  /** Writes the event that ends the execution, for which there is always room. */
  public void writeEnd(EventType type, EventDetails details, long previousEventId) {
    var id = execution.lastEventId() + 1;
    append(new HistoryEvent(Scope.ROOT, id, previousEventId, eventMillis(), type, details));
  }

  /** Now, or when the last event was where a clock was set back since. */
  private long eventMillis() {
    return Math.max(nowMillis, execution.lastEventMillis());
  }

  /** Writes progress that AWS does not show. */
  public void write(Progress progress) {
    append(progress);
  }

  /** Asks something of the world, once this decision is durable. */
  public void ask(Effect effect) {
    effects.add(effect);
    steps++;
  }

  /** When something is due that would be due at {@code dueMillis} if time were not scaled. */
  public long scaled(long dueMillis) {
    return limits.scaled(dueMillis, nowMillis);
  }

  /** Sets a timer for the active state of a scope. */
  public void setTimer(Scope scope, Timer.Kind kind, long dueMillis) {
    setTimerExactly(scope, kind, scaled(dueMillis));
  }

  /** As {@link #setTimer}, for a moment that is scaled already. */
  public void setTimerExactly(Scope scope, Timer.Kind kind, long dueMillis) {
    var stamp = scope.stampLast() + 1;
    write(new Progress.TimerSet(new Timer(dueMillis, scope.id(), stamp, kind)));
  }

  /** Clears every timer of the active state of a scope. */
  public void clearTimers(Scope scope) {
    var active = scope.active();
    if (active != null) {
      for (var timer : List.copyOf(active.timers())) {
        write(new Progress.TimerCleared(timer));
      }
    }
  }

  /** Names an attempt of the active state of a scope in the whole system. */
  public TaskRef taskRef(Scope scope, int stamp) {
    return new TaskRef(execution.header().id(), scope.id(), stamp);
  }

  /** Opens a branch or an iteration below {@code parent}; it is ready to go on. */
  public Scope openScope(
      Scope parent, int index, int graphIndex, Payload input, long causeEventId) {
    var id = execution.scopeIdLast() + 1;
    write(new Progress.ScopeOpened(id, parent.id(), index, graphIndex, input, causeEventId));
    var scope = execution.scope(id);
    ready(scope);
    return scope;
  }

  /** Notes that a scope can go on. */
  public void ready(Scope scope) {
    ready.add(scope);
  }

  /** The next scope that can go on, or null; scopes take turns. */
  public @Nullable Scope nextReady() {
    return ready.poll();
  }

  /** Whether some scope can go on. */
  public boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Whether this decision has done enough and should go on in a later one. */
  public boolean isExhausted() {
    return steps >= limits.decisionStepsMax();
  }

  /** Notes work that is no event. */
  void worked(int more) {
    steps += more;
  }

  private void append(Event event) {
    Evolver.apply(execution, event);
    events.add(event);
    steps++;
  }
}
