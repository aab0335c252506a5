package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run through a graph of states: the execution itself, a Parallel branch, or a Map iteration.
 * It is in at most one state at a time, and has variables of its own.
 */
public final class Scope {
  /** Id of the execution's own scope. */
  public static final int ROOT = 0;

  private final int id;
  private final int parentId;
  private final int index;
  private final int graphIndex;
  private Map<String, Payload> variables = Map.of();
  private long lastEventId;
  private int stampLast;
  private @Nullable ActiveState active;
  private @Nullable String nextState;
  private Payload nextInput;
  private boolean stored;

  /** A scope about to enter the first state of its graph. */
  public Scope(int id, int parentId, int index, int graphIndex, String startAt, Payload input) {
    this.id = id;
    this.parentId = parentId;
    this.index = index;
    this.graphIndex = graphIndex;
    this.nextState = startAt;
    this.nextInput = input;
  }

  /** Unique in its execution, never used again. */
  public int id() {
    return id;
  }

  /** The scope whose Parallel or Map state opened it, or −1 for the execution's own. */
  public int parentId() {
    return parentId;
  }

  /** Which branch or item it is. */
  public int index() {
    return index;
  }

  /** The graph it runs through. */
  public int graphIndex() {
    return graphIndex;
  }

  /** Whether it is the execution's own. */
  public boolean isRoot() {
    return id == ROOT;
  }

  /** Its own variables. */
  public Map<String, Payload> variables() {
    return variables;
  }

  /** The event that causes what comes next in it. */
  public long lastEventId() {
    return lastEventId;
  }

  /** The stamp given out last; attempts and timers are told apart by it. */
  public int stampLast() {
    return stampLast;
  }

  /** The state it is in, or null between two states. */
  public @Nullable ActiveState active() {
    return active;
  }

  /** The state it is in; only where there is one. */
  public ActiveState activeState() {
    var known = active;
    if (known == null) {
      throw new IllegalStateException("Expected scope " + id + " to be in a state");
    }
    return known;
  }

  /** The state it is about to enter, or null. */
  public @Nullable String nextState() {
    return nextState;
  }

  /** Input of the state it is about to enter, or its output where there is none. */
  public Payload nextInput() {
    return nextInput;
  }

  void enter(ActiveState state) {
    active = state;
    nextState = null;
  }

  void exit(@Nullable String next, Payload output, Map<String, Payload> assigned) {
    active = null;
    nextState = next;
    nextInput = output;
    if (!assigned.isEmpty()) {
      var merged = new LinkedHashMap<>(variables);
      merged.putAll(assigned);
      variables = merged;
    }
  }

  void lastEvent(long eventId) {
    lastEventId = eventId;
  }

  void stamp(int stamp) {
    stampLast = Math.max(stampLast, stamp);
  }

  /** Whether storage has a row of it. */
  public boolean isStored() {
    return stored;
  }

  /** Notes that storage has a row of it. */
  public void markStored() {
    stored = true;
  }

  /** Puts back what storage kept. */
  public void restore(
      Map<String, Payload> variables,
      long lastEventId,
      int stampLast,
      @Nullable ActiveState active,
      @Nullable String nextState,
      Payload nextInput) {
    this.variables = variables;
    this.lastEventId = lastEventId;
    this.stampLast = stampLast;
    this.active = active;
    this.nextState = nextState;
    this.nextInput = nextInput;
    this.stored = true;
  }
}
