package io.stepwise.engine.event;

import io.stepwise.engine.execution.Backlog;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskAttempt;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an execution and AWS's history does not show. */
public sealed interface Progress extends Event {

  /** A branch, an iteration or the whole execution is about to run from its first state. */
  record ScopeOpened(
      int scopeId, int parentId, int index, int graphIndex, Payload input, long causeEventId)
      implements Progress {}

  /** A scope is over: its output was collected, or it was aborted. */
  record ScopeClosed(int scopeId) implements Progress {}

  /** The cause of what comes next in a scope is another event than its own last one. */
  record CauseMoved(int scopeId, long eventId) implements Progress {}

  /** A timer was set for the active state of a scope, or for the execution (scope 0, stamp 0). */
  record TimerSet(Timer timer) implements Progress {}

  /** A timer fired or was cancelled. */
  record TimerCleared(Timer timer) implements Progress {}

  /** An attempt at a task began; it stays the same until it ends. */
  record AttemptBegan(int scopeId, TaskAttempt attempt) implements Progress {}

  /** An attempt went on: its worker took it, or the service accepted the job. */
  record AttemptAdvanced(int scopeId, TaskAttempt.Phase phase) implements Progress {}

  /** The service accepted an attempt's job, which goes on by itself. */
  record JobBegan(int scopeId, TaskAttempt.Job job) implements Progress {}

  /** A worker showed that it is alive. Units: milliseconds since 1970. */
  record HeartbeatSeen(int scopeId, long atMillis) implements Progress {}

  /** An attempt ended, well or not. */
  record AttemptEnded(int scopeId) implements Progress {}

  /** A retry of the active state was decided on. */
  record RetryDecided(int scopeId, int retrierIndex) implements Progress {}

  /** A Parallel or Map state began to run its branches or items. */
  record FanOutBegan(int scopeId, FanOutPlan plan) implements Progress {}

  /**
   * A map run read on.
   *
   * @param inputs of the next children
   * @param carry items that do not fill a batch yet, or null
   * @param items items that were read
   * @param next where to read on, or null where that was all
   */
  record ItemsRead(
      int scopeId,
      List<Backlog.ChildInput> inputs,
      @Nullable Payload carry,
      long items,
      @Nullable String next)
      implements Progress {
    public ItemsRead {
      inputs = List.copyOf(inputs);
    }
  }

  /** One more branch or item was started. */
  record FanOutAdvanced(int scopeId, int index) implements Progress {}

  /** A branch or item ended. */
  record FanOutCollected(int scopeId, int index, Outcome outcome) implements Progress {}

  /** The limits of a running map run were changed. */
  record MapRunLimited(
      int scopeId,
      @Nullable Integer maxConcurrency,
      @Nullable Long toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage)
      implements Progress {}

  /** A map run is over. */
  record MapRunEnded(int scopeId, ExecutionStatus status, long atMillis) implements Progress {}

  /** The children of a map run that is over were stopped; they may be redriven. */
  record FanOutSuspended(int scopeId) implements Progress {}

  /** A map run goes on: what had not ended well is run again. {@code eventId} says so. */
  record MapRunResumed(int scopeId, int redriveCount, long atMillis, long eventId)
      implements Progress {}

  /** The retries of the active state of a scope count from nothing again. */
  record RetriesReset(int scopeId) implements Progress {}

  /** The execution was redriven as a request with this token asked. */
  record RedriveAsked(String clientToken, long atMillis) implements Progress {}

  /** A child of a map run belongs to a later round of it from now on. */
  record ParentRoundMoved(int round) implements Progress {}

  /** A Parallel or Map state has no branches or items any more. */
  record FanOutEnded(int scopeId, long atMillis) implements Progress {}
}
