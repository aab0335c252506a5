package io.stepwise.engine.execution;

import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one execution: a tree of scopes, each in one state. Only {@link Evolver} changes
 * it, by applying events; everybody else reads. Confined to the thread of its shard.
 *
 * <pre>
 * Execution ─▶ Scope 0 (root) ─▶ ActiveState ─▶ FanOut
 *          ├─▶ Scope 1 (branch 0) ─▶ ActiveState ─▶ TaskAttempt
 *          └─▶ Scope 2 (branch 1) ─▶ …
 * </pre>
 */
public final class Execution {
  /** How many tokens of redrives are known again. Source: AWS, RedriveExecution. */
  private static final int REDRIVE_TOKENS_MAX = 10;

  private final ExecutionHeader header;
  private final Map<Integer, Scope> scopes = new HashMap<>(4);
  private @Nullable Set<Integer> mapRunScopes;
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private long lastEventId;
  private long lastEventMillis;
  private int scopeIdLast;
  private long stopMillis;
  private @Nullable Payload output;
  private @Nullable String error;
  private @Nullable String cause;
  private int redriveCount;
  private long redriveMillis;
  private int parentRound;
  private List<RedriveToken> redriveTokens = List.of();
  private @Nullable Timer timeout;
  private @Nullable Timer continuation;
  private final TreeMap<Integer, Long> payloadRows = new TreeMap<>();
  private Map<String, Integer> invocations = Map.of();
  private Changes changes = new Changes();

  /**
   * A token that a redrive was asked for with.
   *
   * @param millis when it was redriven. Units: milliseconds since 1970
   */
  public record RedriveToken(String token, long millis) {}

  /** An execution to which nothing has happened. */
  public Execution(ExecutionHeader header) {
    this.header = header;
    var parent = header.parent();
    this.parentRound = parent == null ? 0 : parent.round();
  }

  /** What never changes. */
  public ExecutionHeader header() {
    return header;
  }

  /** Its status. */
  public ExecutionStatus status() {
    return status;
  }

  /** Id of the last history event, 0 before the first. */
  public long lastEventId() {
    return lastEventId;
  }

  /** The scope id given out last. */
  public int scopeIdLast() {
    return scopeIdLast;
  }

  /** When it was closed; 0 while it runs. Units: milliseconds since 1970. */
  public long stopMillis() {
    return stopMillis;
  }

  /** Its output, if it succeeded. */
  public @Nullable Payload output() {
    return output;
  }

  /** Its error, if it failed with one. */
  public @Nullable String error() {
    return error;
  }

  /** Its cause, if it failed with one. */
  public @Nullable String cause() {
    return cause;
  }

  /** Redrives so far. */
  public int redriveCount() {
    return redriveCount;
  }

  /** When it was last redriven, or 0. Units: milliseconds since 1970. */
  public long redriveMillis() {
    return redriveMillis;
  }

  /** The tokens of the latest redrives, the last at the end. */
  public List<RedriveToken> redriveTokens() {
    return redriveTokens;
  }

  /** Whom to tell how it ends, in the round of the parent it belongs to by now; or null. */
  public @Nullable ParentLink parent() {
    var parent = header.parent();
    return parent == null ? null : parent.inRound(parentRound);
  }

  /** The timer of the whole execution, or null. */
  public @Nullable Timer timeout() {
    return timeout;
  }

  /** The timer by which a long decision goes on, or null. */
  public @Nullable Timer continuation() {
    return continuation;
  }

  /** Whether a timer is set, and neither fired nor cleared. */
  public boolean holds(Timer timer) {
    if (timer.equals(timeout) || timer.equals(continuation)) {
      return true;
    }
    var scope = findScope(timer.scopeId());
    var active = scope == null ? null : scope.active();
    return active != null && active.timers().contains(timer);
  }

  /** The open scopes, in no particular order. */
  public Collection<Scope> scopes() {
    return scopes.values();
  }

  /** The open scope of that id, or null. */
  public @Nullable Scope findScope(int id) {
    return scopes.get(id);
  }

  /** The open scope of that id, which must exist. */
  public Scope scope(int id) {
    var scope = scopes.get(id);
    if (scope == null) {
      throw new IllegalStateException("Expected " + header.arn() + " to have a scope " + id);
    }
    return scope;
  }

  /** The open scopes whose parent is {@code parent}, by index. */
  public List<Scope> children(Scope parent) {
    var children = new ArrayList<Scope>();
    for (var scope : scopes.values()) {
      if (scope.parentId() == parent.id()) {
        children.add(scope);
      }
    }
    children.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return children;
  }

  /** The graph a scope runs through. */
  public StateGraph graph(Scope scope) {
    return header.machine().definition().graphs().get(scope.graphIndex());
  }

  /** The state a scope is in, as the definition has it. */
  public State state(Scope scope) {
    return graph(scope).state(scope.activeState().name());
  }

  /** The value of a variable as a scope sees it, or null. */
  public @Nullable Payload variable(Scope scope, String name) {
    for (var current = scope; ; current = scope(current.parentId())) {
      var value = current.variables().get(name);
      if (value != null || current.isRoot()) {
        return value;
      }
    }
  }

  /** Names of all variables a scope sees, with their values. */
  public Map<String, Payload> visibleVariables(Scope scope) {
    var all = new HashMap<String, Payload>();
    for (var current = scope; ; current = scope(current.parentId())) {
      current.variables().forEach(all::putIfAbsent);
      if (current.isRoot()) {
        return all;
      }
    }
  }

  /** Attempts so far at each state, by name; counted only in an execution of a test case. */
  public Map<String, Integer> invocations() {
    return invocations;
  }

  /** What changed since the last call. */
  public Changes drainChanges() {
    var drained = changes;
    changes = new Changes();
    return drained;
  }

  /**
   * The rows that storage has for payloads of this execution that are in no event: event id by
   * number. Kept here because storage cannot see the rows of a batch that is not committed.
   */
  public SortedMap<Integer, Long> payloadRows() {
    return payloadRows;
  }

  /** Notes one more such row; returns its number. */
  public int addPayloadRow(long eventId) {
    var number = payloadRows.isEmpty() ? 0 : payloadRows.lastKey() + 1;
    payloadRows.put(number, eventId);
    return number;
  }

  /** Puts back such a row. */
  public void restorePayloadRow(int number, long eventId) {
    payloadRows.put(number, eventId);
  }

  /**
   * Everything decided so far is in storage: what is in memory only because it was not may go.
   *
   * @param stored where storage has the rest of the map run of a scope
   */
  public void committed(IntFunction<Backlog.Stored> stored) {
    var changed = mapRunScopes;
    if (changed == null) {
      return;
    }
    mapRunScopes = null;
    for (var scope : changed) {
      var open = scopes.get(scope);
      var active = open == null ? null : open.active();
      var fanOut = active == null ? null : active.fanOut();
      if (fanOut != null && fanOut.plan().mapRun() != null) {
        fanOut.backlog().committed(stored.apply(scope), fanOut.nextIndex());
      }
    }
  }

  /** Whether a map run has something in memory that storage did not have. */
  public boolean hasChangedMapRuns() {
    return mapRunScopes != null;
  }

  /** Notes that a map run has something in memory that storage does not have yet. */
  void mapRunChanged(int scopeId) {
    if (mapRunScopes == null) {
      mapRunScopes = new HashSet<>(2);
    }
    mapRunScopes.add(scopeId);
  }

  Changes changes() {
    return changes;
  }

  void open(Scope scope) {
    scopes.put(scope.id(), scope);
    scopeIdLast = Math.max(scopeIdLast, scope.id());
  }

  void close(Scope scope) {
    scopes.remove(scope.id());
  }

  void lastEvent(long id, long millis) {
    lastEventId = id;
    lastEventMillis = millis;
  }

  /**
   * When the last event was: time does not go back within a history, whatever a clock does. 0 where
   * nobody looked. Units: milliseconds since 1970.
   */
  public long lastEventMillis() {
    return lastEventMillis;
  }

  /** Tells when the last event was, for one that was read. Units: milliseconds since 1970. */
  public void restoreLastEventMillis(long millis) {
    lastEventMillis = millis;
  }

  void timeout(@Nullable Timer timer) {
    timeout = timer;
  }

  void continuation(@Nullable Timer timer) {
    continuation = timer;
  }

  void end(
      ExecutionStatus status,
      long millis,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause) {
    this.status = Lifecycle.EXECUTION.next(this.status, status);
    this.stopMillis = millis;
    this.output = output;
    this.error = error;
    this.cause = cause;
  }

  void invoked(String state) {
    var counted = new TreeMap<>(invocations);
    counted.merge(state, 1, Integer::sum);
    invocations = counted;
  }

  void parentRound(int round) {
    parentRound = round;
  }

  void redriveToken(RedriveToken token) {
    var tokens = new ArrayList<>(redriveTokens);
    tokens.add(token);
    if (tokens.size() > REDRIVE_TOKENS_MAX) {
      tokens.removeFirst();
    }
    redriveTokens = List.copyOf(tokens);
  }

  void redriven(int count, long millis) {
    status = Lifecycle.EXECUTION.next(status, ExecutionStatus.RUNNING);
    stopMillis = 0;
    error = null;
    cause = null;
    redriveCount = count;
    redriveMillis = millis;
  }

  /** Puts back what storage kept of the execution itself. */
  public void restore(
      ExecutionStatus status,
      long lastEventId,
      int scopeIdLast,
      long stopMillis,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      int redriveCount,
      long redriveMillis,
      @Nullable Timer timeout,
      @Nullable Timer continuation) {
    this.status = status;
    this.lastEventId = lastEventId;
    this.scopeIdLast = scopeIdLast;
    this.stopMillis = stopMillis;
    this.output = output;
    this.error = error;
    this.cause = cause;
    this.redriveCount = redriveCount;
    this.redriveMillis = redriveMillis;
    this.timeout = timeout;
    this.continuation = continuation;
  }

  /** Puts back what storage kept of redrives, of its own and of its parent's. */
  public void restoreRedrives(int round, List<RedriveToken> tokens) {
    parentRound = round;
    redriveTokens = List.copyOf(tokens);
  }

  /** Puts back what storage kept of {@link #invocations()}. */
  public void restoreInvocations(Map<String, Integer> counts) {
    invocations = Map.copyOf(counts);
  }

  /** Puts back a scope that storage kept. */
  public void restoreScope(Scope scope) {
    scopes.put(scope.id(), scope);
  }
}
