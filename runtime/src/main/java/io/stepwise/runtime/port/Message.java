package io.stepwise.runtime.port;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.runtime.feed.Feed;
import io.stepwise.storage.execution.UnderWay;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a shard takes in. Answers are given after the commit; an answer of null means that the shard
 * could not do it: a fault, which is logged where it happened.
 */
public sealed interface Message {

  /** Start an execution. */
  record Start(StartRequest request, Consumer<@Nullable StartResult> answer) implements Message {}

  /** Run an Express execution and answer when it has ended. */
  record StartSync(StartRequest request, Consumer<@Nullable SyncResult> answer)
      implements Message {}

  /**
   * A command for an execution.
   *
   * @param acknowledges what asked for it, forgotten in the same commit, or null
   */
  record ForExecution(
      long executionId,
      Command command,
      Consumer<@Nullable Reply> answer,
      UnderWay.Item.@Nullable Asked acknowledges)
      implements Message {}

  /**
   * Redrive a child of a map run, or start it where it was never started.
   *
   * @param request how it would be started; its link tells the round of the map run
   */
  record RedriveChild(StartRequest request) implements Message {}

  /**
   * Stop an execution that its parent does not wait for any more, if it is that parent's child.
   *
   * @param asked what asks for it, forgotten in the same commit
   */
  record StopChild(UnderWay.Item.Stop asked) implements Message {
    /** The child. */
    public ExecutionArn executionArn() {
      return ExecutionArn.of(asked.childArn());
    }
  }

  /**
   * Forget that a job is to be stopped: its service has answered.
   *
   * @param asked what asked for it
   */
  record JobStopped(UnderWay.Item.StopOfJob asked) implements Message {}

  /**
   * Give the effect of a task that is still to be done once more; null where it is over.
   *
   * @param answer told the effect
   */
  record RepeatTask(TaskRef task, Consumer<@Nullable Effect> answer) implements Message {}

  /** Note how far a durable consumer of the feed has read. */
  record FeedRead(Feed.Read read) implements Message {}

  /**
   * Remove an execution, if it was closed before that time and still is.
   *
   * @param closedBeforeMillis Units: milliseconds since 1970
   * @param answer told whether it was removed
   */
  record Expire(long executionId, long closedBeforeMillis, Consumer<Boolean> answer)
      implements Message {}
}
