package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The progress of a Parallel or Map state: what was started, what ended and how. */
public final class FanOut {
  /** Inputs, and items in them, that a map run has ready for children still to be started. */
  private static final int READ_AHEAD = 1_000;

  private final FanOutPlan plan;
  private final @Nullable Payload[] results;
  private final @Nullable Backlog backlog;
  private @Nullable List<Map.Entry<@Nullable String, JsonNode>> items;
  private int maxConcurrency;
  private long toleratedFailureCount;
  private double toleratedFailurePercentage;
  private int nextIndex;
  private int running;
  private int succeeded;
  private int failed;
  private int timedOut;
  private int aborted;
  private long itemsSucceeded;
  private long itemsFailed;
  private long itemsTimedOut;
  private long itemsAborted;
  private long itemsRunning;
  private @Nullable Redrive redrive;
  private Phase phase = Phase.UNDER_WAY;
  private boolean resultsStored;
  private final BitSet runningIndexes = new BitSet();

  /** How far a map run has come; branches and iterations end with their state. */
  public enum Phase {
    /** Children are started, and run. */
    UNDER_WAY,
    /** It is over, and may be redriven as long as its state was not left. */
    SUSPENDED
  }

  FanOut(FanOutPlan plan) {
    this.plan = plan;
    this.results = new @Nullable Payload[plan.mapRun() == null ? plan.total() : 0];
    this.backlog = plan.mapRun() == null ? null : new Backlog(plan.mapRun().batched());
    this.maxConcurrency = plan.maxConcurrency();
    var mapRun = plan.mapRun();
    this.toleratedFailureCount = mapRun == null ? -1 : mapRun.toleratedFailureCount();
    this.toleratedFailurePercentage = mapRun == null ? -1 : mapRun.toleratedFailurePercentage();
  }

  /** What it set out to do. */
  public FanOutPlan plan() {
    return plan;
  }

  /** What a map run has read of its items, and what came of them. */
  public Backlog backlog() {
    if (backlog == null) {
      throw new IllegalStateException("Expected a map run");
    }
    return backlog;
  }

  /** Branches, items, or children of the map run as far as their inputs were read. */
  public int total() {
    return backlog == null ? plan.total() : backlog.inputs();
  }

  /** Children of a map run, as far as that is known: those whose inputs were read, or all. */
  public long childrenTotal() {
    return isBatched() || plan.total() < 0 ? total() : plan.total();
  }

  /** At a time at most; 0 means no limit of its own. */
  public int maxConcurrency() {
    return maxConcurrency;
  }

  /** Failures tolerated, or −1. */
  public long toleratedFailureCount() {
    return toleratedFailureCount;
  }

  /** Share of failures tolerated, 0 to 100, or −1. */
  public double toleratedFailurePercentage() {
    return toleratedFailurePercentage;
  }

  /** The next to be started for the first time. */
  public int nextIndex() {
    return nextIndex;
  }

  /**
   * The latest redrive of a map run.
   *
   * @param count redrives so far
   * @param millis when it was. Units: milliseconds since 1970
   * @param eventId its event in the history
   * @param next what comes before it was redriven already, or need not be
   * @param end what comes from here on had not been started by then
   * @param pending still to be redriven
   */
  public record Redrive(int count, long millis, long eventId, int next, int end, int pending) {}

  /** The latest redrive of this map run, or null. */
  public @Nullable Redrive redrive() {
    return redrive;
  }

  /** How often this map run was redriven. */
  public int redriveCount() {
    return redrive == null ? 0 : redrive.count();
  }

  /** Still to be redriven. */
  public int pendingRedrive() {
    return redrive == null ? 0 : redrive.pending();
  }

  /** Whether this is a map run that is neither over nor about to be redriven. */
  public boolean isMapRunUnderWay() {
    return plan.mapRun() != null && phase == Phase.UNDER_WAY;
  }

  /** Whether what is at {@code index} is to be redriven, not started: it was started before. */
  public boolean isRedriven(int index) {
    return redrive != null && index < redrive.end();
  }

  /** What is to be started or redriven next; only where {@link #maySpawn}. */
  public int indexToSpawn() {
    if (redrive == null || redrive.pending() == 0) {
      return nextIndex;
    }
    var index = redrive.next();
    while (result(index) != null) {
      index++;
    }
    return index;
  }

  /** Started and not ended. */
  public int running() {
    return running;
  }

  /** Indexes of what was started and has not ended, rising. */
  public int[] runningIndexes() {
    return runningIndexes.stream().toArray();
  }

  /** Whether what is at {@code index} was started and has not ended. */
  public boolean isRunning(int index) {
    return runningIndexes.get(index);
  }

  /** Ended well. */
  public int succeeded() {
    return succeeded;
  }

  /** Ended with an error (timeouts are counted apart). */
  public int failed() {
    return failed;
  }

  /** Ended by a timeout. */
  public int timedOut() {
    return timedOut;
  }

  /** Stopped. */
  public int aborted() {
    return aborted;
  }

  /** Items in children that ended so; equal to the children's count without batches. */
  public long itemsOf(ExecutionStatus status) {
    return switch (status) {
      case SUCCEEDED -> itemsSucceeded;
      case FAILED -> itemsFailed;
      case TIMED_OUT -> itemsTimedOut;
      case ABORTED -> itemsAborted;
      case RUNNING, PENDING_REDRIVE -> 0;
    };
  }

  /** Items of a map run, as far as that is known: those that were read, or all. */
  public long itemsTotal() {
    return plan.total() >= 0 || backlog == null ? plan.total() : backlog.itemsRead();
  }

  /** Whether it is known how many items there are: all were there at the start, or were read. */
  public boolean isTotalKnown() {
    return plan.total() >= 0 || !hasMore();
  }

  /** Items in children that were never started. */
  public long itemsPending() {
    return itemsTotal() - (backlog == null ? nextIndex : backlog.itemsStarted());
  }

  /** Items in children that were started and have not ended. */
  public long itemsRunning() {
    return itemsRunning;
  }

  /** Items in children that are still to be redriven: neither under way nor ended since. */
  public long itemsPendingRedrive() {
    return pendingRedrive() == 0
        ? 0
        : backlog().itemsStarted()
            - itemsRunning
            - itemsSucceeded
            - itemsFailed
            - itemsTimedOut
            - itemsAborted;
  }

  private boolean isBatched() {
    return plan.mapRun() != null && plan.mapRun().batched();
  }

  /** Whether everything was started and has ended. */
  public boolean isDone() {
    return nextIndex == total() && !hasMore() && pendingRedrive() == 0 && running == 0;
  }

  private boolean hasMore() {
    return backlog != null && backlog.next() != null;
  }

  /** Whether a map run should read on: little is left to start. */
  public boolean wantsMore() {
    return hasMore()
        && phase == Phase.UNDER_WAY
        && !backlog().isReading()
        && (total() == nextIndex
            || (total() - nextIndex < READ_AHEAD
                && backlog().itemsRead() - backlog().itemsStarted() < READ_AHEAD));
  }

  /** Whether one more may be started now. */
  public boolean maySpawn() {
    return (nextIndex < total() || pendingRedrive() > 0)
        && (maxConcurrency == 0 || running < maxConcurrency);
  }

  /** The output of what ended well, or null. */
  public @Nullable Payload result(int index) {
    return backlog == null ? results[index] : backlog.result(index);
  }

  /** Whether results were written to storage in an earlier decision. */
  public boolean resultsStored() {
    return resultsStored;
  }

  /**
   * The item of a Map at {@code index}, where the state has it: its key where an object is
   * iterated, and its value.
   */
  public Map.Entry<@Nullable String, JsonNode> item(int index) {
    var known = items;
    if (known == null) {
      var tree = plan.items().tree();
      if (tree.isArray() && backlog != null) {
        return new Entry(null, tree.get(index)); // each is asked for once, and may be many
      }
      known = list(tree);
      items = known;
    }
    return known.get(index);
  }

  /** Items in the child at {@code index}. */
  public int itemCount(int index) {
    return backlog == null ? 1 : backlog.itemCount(index);
  }

  private static List<Map.Entry<@Nullable String, JsonNode>> list(JsonNode tree) {
    var list = new ArrayList<Map.Entry<@Nullable String, JsonNode>>(tree.size());
    if (tree.isObject()) {
      for (var property : tree.properties()) {
        list.add(new Entry(property.getKey(), property.getValue()));
      }
    } else {
      for (var value : tree) {
        list.add(new Entry(null, value));
      }
    }
    return list;
  }

  /** An item, with its key where an object is iterated. */
  public static Map.Entry<@Nullable String, JsonNode> item(@Nullable String key, JsonNode value) {
    return new Entry(key, value);
  }

  private record Entry(@Nullable String getKey, JsonNode getValue)
      implements Map.Entry<@Nullable String, JsonNode> {
    @Override
    public JsonNode setValue(JsonNode value) {
      throw new UnsupportedOperationException();
    }
  }

  // Below: for the evolver and for storage's codec.

  void advance(int index) {
    var items = itemCount(index);
    var forTheFirstTime = !isRedriven(index);
    if (redrive != null && index < redrive.end()) {
      redrive =
          new Redrive(
              redrive.count(),
              redrive.millis(),
              redrive.eventId(),
              index + 1,
              redrive.end(),
              redrive.pending() - 1);
    } else {
      nextIndex = index + 1;
    }
    if (backlog != null) {
      backlog.began(index, forTheFirstTime);
    }
    itemsRunning += items;
    running++;
    runningIndexes.set(index);
  }

  void collect(int index, Outcome outcome) {
    running--;
    runningIndexes.clear(index);
    var items = itemCount(index);
    itemsRunning -= items;
    if (backlog != null) {
      backlog.ended(index);
    }
    switch (outcome) {
      case Outcome.Success(var output) -> {
        if (backlog == null) {
          results[index] = output;
        } else {
          backlog.succeeded(index, output);
        }
        succeeded++;
        itemsSucceeded += items;
      }
      case Outcome.Failure failure -> {
        switch (failure.status()) {
          case TIMED_OUT -> {
            timedOut++;
            itemsTimedOut += items;
          }
          case ABORTED -> {
            aborted++;
            itemsAborted += items;
          }
          case RUNNING, SUCCEEDED, FAILED, PENDING_REDRIVE -> {
            failed++;
            itemsFailed += items;
          }
        }
      }
    }
  }

  /** What ran was stopped, and nobody waits for it any more. */
  void suspend() {
    phase = Lifecycle.MAP_RUN.next(phase, Phase.SUSPENDED);
    backlog().reading(false);
    running = 0;
    itemsRunning = 0;
    runningIndexes.clear();
  }

  /** All that was started and did not end well is to be redriven. */
  void redriven(int count, long millis, long eventId) {
    phase = Lifecycle.MAP_RUN.next(phase, Phase.UNDER_WAY);
    redrive = new Redrive(count, millis, eventId, 0, nextIndex, nextIndex - succeeded);
    failed = 0;
    timedOut = 0;
    aborted = 0;
    itemsFailed = 0;
    itemsTimedOut = 0;
    itemsAborted = 0;
  }

  void limit(
      @Nullable Integer concurrency, @Nullable Long failureCount, @Nullable Double percentage) {
    maxConcurrency = concurrency == null ? maxConcurrency : concurrency;
    toleratedFailureCount = failureCount == null ? toleratedFailureCount : failureCount;
    toleratedFailurePercentage = percentage == null ? toleratedFailurePercentage : percentage;
  }

  /** Notes that results are in storage now. */
  public void markResultsStored() {
    resultsStored = true;
  }

  /** The counters as storage keeps them; see {@link #restore}. */
  public Counters counters() {
    return new Counters(
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
        nextIndex,
        running,
        succeeded,
        failed,
        timedOut,
        aborted,
        itemsSucceeded,
        itemsFailed,
        itemsTimedOut,
        itemsAborted);
  }

  /** Whether the map run is over, and its state not yet left. */
  public boolean isSuspended() {
    return phase == Phase.SUSPENDED;
  }

  /** Puts back what storage kept of a map run that is over or was redriven. */
  public void restoreRedrive(boolean isSuspended, @Nullable Redrive latest) {
    phase = isSuspended ? Phase.SUSPENDED : Phase.UNDER_WAY;
    redrive = latest;
  }

  /** A fan-out as it was when its counters were written; results follow by {@link #putResult}. */
  public static FanOut restore(FanOutPlan plan, Counters counters) {
    var fanOut = new FanOut(plan);
    fanOut.maxConcurrency = counters.maxConcurrency();
    fanOut.toleratedFailureCount = counters.toleratedFailureCount();
    fanOut.toleratedFailurePercentage = counters.toleratedFailurePercentage();
    fanOut.nextIndex = counters.nextIndex();
    fanOut.running = counters.running();
    fanOut.succeeded = counters.succeeded();
    fanOut.failed = counters.failed();
    fanOut.timedOut = counters.timedOut();
    fanOut.aborted = counters.aborted();
    fanOut.itemsSucceeded = counters.itemsSucceeded();
    fanOut.itemsFailed = counters.itemsFailed();
    fanOut.itemsTimedOut = counters.itemsTimedOut();
    fanOut.itemsAborted = counters.itemsAborted();
    return fanOut;
  }

  /** Puts back a result that storage kept. */
  public void putResult(int index, Payload output) {
    results[index] = output;
    resultsStored = true;
  }

  /** Puts back that what is at {@code index} is under way. */
  public void putRunning(int index) {
    itemsRunning += itemCount(index);
    if (backlog != null) {
      backlog.began(index, false);
    }
    runningIndexes.set(index);
  }

  /** The counters of a fan-out, as one value. */
  public record Counters(
      int maxConcurrency,
      long toleratedFailureCount,
      double toleratedFailurePercentage,
      int nextIndex,
      int running,
      int succeeded,
      int failed,
      int timedOut,
      int aborted,
      long itemsSucceeded,
      long itemsFailed,
      long itemsTimedOut,
      long itemsAborted) {}
}
