package io.stepwise.runtime.step;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.SyncResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Express executions of one shard worker, which live in memory only, and so are bounded in
 * number and in what they hold.
 *
 * <pre>
 * a client starts one      there is room: it runs     there is none: refused, as throttled
 * a map run starts one     there is room: it runs     there is none: it waits for its turn
 * </pre>
 */
final class ExpressRuns {
  private final int runsMax;
  private final long bytesMax;
  private final Map<Long, Run> runs = new HashMap<>();
  private final ArrayDeque<StartRequest> waiting = new ArrayDeque<>();
  private long bytes;

  /** An Express execution under way, and who waits for its end. */
  static final class Run {
    private final Execution execution;
    private final @Nullable Consumer<@Nullable SyncResult> answer;
    private long bytes;

    private Run(Execution execution, @Nullable Consumer<@Nullable SyncResult> answer) {
      this.execution = execution;
      this.answer = answer;
    }

    Execution execution() {
      return execution;
    }

    /** Who is told how it ended, or null. */
    @Nullable Consumer<@Nullable SyncResult> answer() {
      return answer;
    }
  }

  /**
   * None yet.
   *
   * @param runsMax executions at most
   * @param bytesMax what they may weigh, by a rough estimate. Units: bytes
   */
  ExpressRuns(int runsMax, long bytesMax) {
    this.runsMax = runsMax;
    this.bytesMax = bytesMax;
  }

  /** Whether one more may run. */
  boolean hasRoom() {
    return runs.size() < runsMax && bytes < bytesMax;
  }

  @Nullable Run find(long id) {
    return runs.get(id);
  }

  void add(Execution execution, @Nullable Consumer<@Nullable SyncResult> answer) {
    runs.put(execution.header().id(), new Run(execution, answer));
  }

  /** Notes that it changed, and so may weigh more or less. */
  void changed(Execution execution) {
    var run = runs.get(execution.header().id());
    if (run != null) {
      var weight = ExecutionCache.weigh(execution);
      bytes += weight - run.bytes;
      run.bytes = weight;
    }
  }

  /** Takes one out that has ended. */
  @Nullable Run remove(long id) {
    var run = runs.remove(id);
    if (run != null) {
      bytes -= run.bytes;
    }
    return run;
  }

  /** Has a start wait until there is room. */
  void await(StartRequest request) {
    waiting.add(request);
  }

  /** A start that waited and may go on now, or null. */
  @Nullable StartRequest nextWaiting() {
    return hasRoom() ? waiting.poll() : null;
  }

  /** How such an execution ended, for who waits for it. */
  static SyncResult result(Execution execution) {
    return new SyncResult(
        execution.header().arn().text(),
        execution.status(),
        execution.header().startMillis(),
        execution.stopMillis(),
        execution.output(),
        execution.error(),
        execution.cause());
  }

  /** The end of one whose state can't be relied on any more. */
  static SyncResult failed(Execution execution, long nowMillis, String error, String cause) {
    return new SyncResult(
        execution.header().arn().text(),
        ExecutionStatus.FAILED,
        execution.header().startMillis(),
        nowMillis,
        null,
        error,
        cause);
  }
}
