package io.stepwise.runtime.port;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.TaskRef;
import java.util.concurrent.CompletableFuture;

/**
 * The way in for everything that changes an execution. Futures complete after the commit, on the
 * thread of the shard: whoever continues there must be quick and must not block.
 */
public interface ExecutionGateway {
  /** Starts an execution; durable when the future completes (EXPRESS: queued). */
  CompletableFuture<StartResult> start(StartRequest request);

  /** Runs an Express execution and answers when it has ended. */
  CompletableFuture<SyncResult> startSync(StartRequest request);

  /** Sends a command to a Standard execution. */
  CompletableFuture<Reply> send(long executionId, Command command);

  /** Waits for a task of an activity, as GetActivityTask does. See {@link ActivityPoll}. */
  ActivityPoll pollActivity(String activityArn, String workerNameOrEmpty);

  /** A worker that waits for a task of an activity. */
  interface ActivityPoll {
    /**
     * The task once there is one ({@link Reply.ActivityTask}), or {@link Reply#GONE} after the long
     * poll's minute.
     */
    CompletableFuture<Reply> reply();

    /** The worker is gone: it gets no task any more. */
    void cancel();
  }

  /** Tells how a task went, by its token. GONE where the task is over. */
  default CompletableFuture<Reply> sendToTask(TaskRef task, Command command) {
    return send(task.executionId(), command);
  }
}
