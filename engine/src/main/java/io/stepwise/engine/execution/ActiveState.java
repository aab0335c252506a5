package io.stepwise.engine.execution;

import io.stepwise.expression.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state a scope is in, from its Entered event to its Exited event. */
public final class ActiveState {
  private final String name;
  private final Payload input;
  private final long enteredEventId;
  private final long causeOfEntryEventId;
  private final long enteredMillis;
  private int retryCount;
  private int[] retrierCounts = new int[0];
  private @Nullable TaskAttempt attempt;
  private @Nullable FanOut fanOut;
  private final List<Timer> timers = new ArrayList<>(2);

  /** A state that was just entered. */
  public ActiveState(
      String name,
      Payload input,
      long enteredEventId,
      long causeOfEntryEventId,
      long enteredMillis) {
    this.name = name;
    this.input = input;
    this.enteredEventId = enteredEventId;
    this.causeOfEntryEventId = causeOfEntryEventId;
    this.enteredMillis = enteredMillis;
  }

  /** Name of the state. */
  public String name() {
    return name;
  }

  /** Its raw input. */
  public Payload input() {
    return input;
  }

  /** Id of its …StateEntered event. */
  public long enteredEventId() {
    return enteredEventId;
  }

  /** What caused its …StateEntered event, or 0: AWS hangs EvaluationFailed there. */
  public long causeOfEntryEventId() {
    return causeOfEntryEventId;
  }

  /** When it was entered. Units: milliseconds since 1970. */
  public long enteredMillis() {
    return enteredMillis;
  }

  /** Retries so far, of all retriers. */
  public int retryCount() {
    return retryCount;
  }

  /** Retries so far by the retrier at that index. */
  public int retriesBy(int retrierIndex) {
    return retrierIndex < retrierCounts.length ? retrierCounts[retrierIndex] : 0;
  }

  /** The attempt at a task that is under way, or null. */
  public @Nullable TaskAttempt attempt() {
    return attempt;
  }

  /** The branches or items that are under way, or null. */
  public @Nullable FanOut fanOut() {
    return fanOut;
  }

  /** The timers that are set for this state. */
  public List<Timer> timers() {
    return timers;
  }

  void retry(int retrierIndex) {
    if (retrierIndex >= retrierCounts.length) {
      retrierCounts = Arrays.copyOf(retrierCounts, retrierIndex + 1);
    }
    retrierCounts[retrierIndex]++;
    retryCount++;
  }

  void resetRetries() {
    retrierCounts = new int[0];
    retryCount = 0;
  }

  /** Whether nothing is under way in it: neither an attempt, nor branches or items, nor a timer. */
  public boolean isIdle() {
    return attempt == null && fanOut == null && timers.isEmpty();
  }

  void attempt(@Nullable TaskAttempt next) {
    attempt = next;
  }

  void fanOut(@Nullable FanOut next) {
    fanOut = next;
  }

  /** Retries by each retrier, as storage keeps them. */
  public int[] retrierCounts() {
    return retrierCounts.clone();
  }

  /** Puts back what storage kept. */
  public void restore(
      int[] retrierCounts,
      @Nullable TaskAttempt attempt,
      @Nullable FanOut fanOut,
      List<Timer> timers) {
    this.retrierCounts = retrierCounts.clone();
    this.retryCount = Arrays.stream(retrierCounts).sum();
    this.attempt = attempt;
    this.fanOut = fanOut;
    this.timers.addAll(timers);
  }
}
