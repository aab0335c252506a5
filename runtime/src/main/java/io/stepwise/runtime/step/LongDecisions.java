package io.stepwise.runtime.step;

import io.stepwise.engine.execution.Execution;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The executions of a shard worker that are being decided beside it, because that takes long, and
 * what has to wait for each.
 */
final class LongDecisions {
  private final Map<Long, Away> away = new HashMap<>();
  private final ArrayDeque<Runnable> free = new ArrayDeque<>();

  /** An execution whose decision is not made yet. */
  private record Away(Execution execution, ArrayDeque<Runnable> waiting) {}

  /** Notes that nobody else may touch an execution from here on. */
  void left(Execution execution) {
    away.put(execution.header().id(), new Away(execution, new ArrayDeque<>()));
  }

  /** Notes that its decision is made: what waited for it goes on when it is asked for. */
  void cameBack(Execution execution) {
    var done = away.remove(execution.header().id());
    if (done != null) {
      free.addAll(done.waiting());
    }
  }

  /** Whether none is: nearly always. */
  boolean isEmpty() {
    return away.isEmpty();
  }

  /** Has {@code action} wait if its execution is away; returns whether it is. */
  boolean holdsBack(long executionId, Runnable action) {
    return holdBack(away.isEmpty() ? null : away.get(executionId), action);
  }

  /** As above, by the ARN of the execution. */
  boolean holdsBack(String executionArn, Runnable action) {
    for (var one : away.values()) {
      if (one.execution().header().arn().text().equals(executionArn)) {
        return holdBack(one, action);
      }
    }
    return false;
  }

  private static boolean holdBack(@Nullable Away one, Runnable action) {
    return one != null && one.waiting().add(action);
  }

  /** What waited and may go on now, or null. */
  @Nullable Runnable nextFree() {
    return free.poll();
  }
}
