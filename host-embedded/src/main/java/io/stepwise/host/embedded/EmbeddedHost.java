package io.stepwise.host.embedded;

import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.Workload;
import io.stepwise.storage.ExecutionIds;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Drives the shard steps of one process: a thread and a queue for each worker.
 *
 * <pre>
 * requests ─┐
 *           ├─▶ a portion of each, and of the timers due ─▶ commit (one sync) ─▶ release ─▶ …
 * messages ─┘
 * </pre>
 *
 * While one commit syncs, the next batch gathers in the queues: the busier, the fewer syncs each.
 * However much executions have to tell each other, and however many timers are due, requests get
 * their portion of each batch.
 */
public final class EmbeddedHost implements Mailbox, AutoCloseable {
  private final int shards;
  private final List<WorkerLoop> loops;

  /**
   * A host that is not running yet.
   *
   * @param workers threads; each owns the shards whose number leaves its own as remainder
   * @param workload told what is under way
   * @param steps makes the step of a worker
   * @param onFault told when a worker had to stop: the store failed, nothing can be acknowledged
   */
  public EmbeddedHost(
      int shards,
      int workers,
      Clock clock,
      Workload workload,
      IntFunction<ShardStep> steps,
      BiConsumer<String, Throwable> onFault) {
    if (shards < 1 || shards > ExecutionIds.SHARDS_MAX) {
      throw new IllegalArgumentException("Expected 1 to 256 shards, got " + shards);
    }
    this.shards = shards;
    this.loops =
        IntStream.range(0, workers)
            .mapToObj(
                worker -> new WorkerLoop(worker, steps.apply(worker), clock, workload, onFault))
            .toList();
  }

  /** Starts the workers; what was under way when the store was closed goes on. */
  public void start() {
    loops.forEach(WorkerLoop::start);
  }

  @Override
  public void put(Message message) {
    loops.get(worker(message)).put(message);
  }

  /**
   * As {@link #put}, for what a client waits for: it is taken beside what executions have to tell
   * each other, not behind it.
   */
  public void putRequest(Message message) {
    loops.get(worker(message)).putRequest(message);
  }

  private int worker(Message message) {
    return ShardStep.workerOf(message, shards, loops.size());
  }

  /** Has every worker look at its timers once more, for a clock that was moved. */
  public void wake() {
    loops.forEach(WorkerLoop::wake);
  }

  /** Messages that wait for a worker. */
  public int queueDepth() {
    return loops.stream().mapToInt(WorkerLoop::queueDepth).sum();
  }

  /** Stops the workers after their present batch; what waits in queues was not acknowledged. */
  @Override
  public void close() {
    loops.forEach(WorkerLoop::close);
  }
}
