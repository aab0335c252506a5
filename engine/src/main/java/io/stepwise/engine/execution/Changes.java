package io.stepwise.engine.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What one decision changed, so that storage writes just that. Filled by the evolver. */
public final class Changes {
  private final Set<Scope> scopes = new LinkedHashSet<>();
  private final List<Scope> closedScopes = new ArrayList<>();
  private final Set<Timer> timersSet = new LinkedHashSet<>();
  private final List<Timer> timersCleared = new ArrayList<>();
  private final Set<Pending> pendingAdded = new LinkedHashSet<>();
  private final List<Pending> pendingRemoved = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private List<Result> pages = List.of();
  private final List<EndedFanOut> fanOutsEnded = new ArrayList<>();
  private final Map<String, Supplier<MapRunSnapshot>> mapRuns = new LinkedHashMap<>();

  /**
   * Something under way outside: an attempt ({@code index} −1), items that a map run reads ({@value
   * #READING}), or a child of a map run.
   */
  public record Pending(int scopeId, int stamp, int index) {
    /** The index of items that are being read. */
    public static final int READING = -2;
  }

  /** A result collected by the fan-out of a scope, or the first child of a page. */
  public record Result(int scopeId, int index) {}

  /** A fan-out that is over, some of whose results have rows in storage. */
  public record EndedFanOut(int scopeId, FanOut fanOut) {}

  /** Scopes that are new or changed, and still open. */
  public Set<Scope> scopes() {
    return scopes;
  }

  /** Scopes that ended and have a row in storage. */
  public List<Scope> closedScopes() {
    return closedScopes;
  }

  /** Timers set and not cleared again. */
  public Set<Timer> timersSet() {
    return timersSet;
  }

  /** Timers cleared that storage has. */
  public List<Timer> timersCleared() {
    return timersCleared;
  }

  /** What began outside and did not end again. */
  public Set<Pending> pendingAdded() {
    return pendingAdded;
  }

  /** What ended outside and has a row in storage. */
  public List<Pending> pendingRemoved() {
    return pendingRemoved;
  }

  /** Results collected by fan-outs that are still open. */
  public List<Result> results() {
    return results;
  }

  /** Pages read by map runs that are still open. */
  public List<Result> pages() {
    return pages;
  }

  /** Fan-outs that ended after some results were stored. */
  public List<EndedFanOut> fanOutsEnded() {
    return fanOutsEnded;
  }

  /** The map runs that changed, as they are now. */
  public List<MapRunSnapshot> mapRuns() {
    return mapRuns.values().stream().map(Supplier::get).toList();
  }

  void touched(Scope scope) {
    scopes.add(scope);
  }

  void closed(Scope scope) {
    scopes.remove(scope);
    if (scope.isStored()) {
      closedScopes.add(scope);
    }
  }

  void set(Timer timer) {
    timersSet.add(timer);
  }

  void cleared(Timer timer) {
    if (!timersSet.remove(timer)) {
      timersCleared.add(timer);
    }
  }

  void began(Pending pending) {
    pendingAdded.add(pending);
  }

  void ended(Pending pending) {
    if (!pendingAdded.remove(pending)) {
      pendingRemoved.add(pending);
    }
  }

  void collected(int scopeId, int index) {
    results.add(new Result(scopeId, index));
  }

  void pageRead(int scopeId, int first) {
    if (pages.isEmpty()) {
      pages = new ArrayList<>();
    }
    pages.add(new Result(scopeId, first));
  }

  void fanOutEnded(int scopeId, FanOut fanOut) {
    if (!results.isEmpty()) {
      results.removeIf(result -> result.scopeId() == scopeId);
    }
    if (!pages.isEmpty()) {
      pages.removeIf(page -> page.scopeId() == scopeId);
    }
    if (fanOut.resultsStored() || fanOut.plan().mapRun() != null) {
      fanOutsEnded.add(new EndedFanOut(scopeId, fanOut));
    }
    suspended(scopeId, fanOut);
  }

  /** Nobody waits any more for what a fan-out has started. */
  void suspended(int scopeId, FanOut fanOut) {
    var mapRun = fanOut.plan().mapRun();
    if (mapRun != null) {
      if (fanOut.backlog().isReading()) {
        ended(new Pending(scopeId, mapRun.stamp(), Pending.READING));
      }
      for (var index : fanOut.runningIndexes()) {
        ended(new Pending(scopeId, mapRun.stamp(), index));
      }
    }
  }

  /** A running map run changed; its counts are read when the decision is over. */
  void mapRun(Execution execution, Scope scope) {
    var fanOut = scope.activeState().fanOut();
    if (fanOut != null && fanOut.plan().mapRun() != null) {
      mapRuns.put(
          fanOut.plan().mapRun().arn(),
          () -> MapRunSnapshot.of(execution, fanOut, ExecutionStatus.RUNNING, 0));
    }
  }

  /** A map run ended. */
  void mapRunEnded(Execution execution, Scope scope, ExecutionStatus status, long millis) {
    var fanOut = scope.activeState().fanOut();
    if (fanOut != null && fanOut.plan().mapRun() != null) {
      var snapshot = MapRunSnapshot.of(execution, fanOut, status, millis);
      mapRuns.put(fanOut.plan().mapRun().arn(), () -> snapshot);
    }
  }
}
