package io.stepwise.runtime.dispatch;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.runtime.port.ExecutionGateway.ActivityPoll;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tasks of activities and the workers that poll for them together, in the order in which
 * each came. A pending poll is a future: it holds no thread.
 *
 * <p>Thread safety: guarded by its own monitor; futures are completed outside of it.
 */
public final class ActivityTasks {
  /** How long a poll waits. Source: AWS, GetActivityTask. */
  private static final long POLL_SECONDS = 60;

  private static final int WORKERS_MAX = 20;

  private final Mailbox mailbox;
  private final @Nullable ScheduledExecutorService timers;
  private final Map<String, Queues> activities = new HashMap<>();

  /**
   * No tasks and no workers yet.
   *
   * @param timers ends polls after their minute; null: they wait until cancelled
   */
  public ActivityTasks(Mailbox mailbox, @Nullable ScheduledExecutorService timers) {
    this.mailbox = mailbox;
    this.timers = timers;
  }

  private static final class Queues {
    final ArrayDeque<TaskRef> tasks = new ArrayDeque<>();
    final ArrayDeque<Poll> polls = new ArrayDeque<>();
  }

  /** Offers a task to the workers of an activity. */
  public void offer(String activityArn, TaskRef task) {
    synchronized (this) {
      queues(activityArn).tasks.add(task);
    }
    match(activityArn);
  }

  /** A worker waits for a task. */
  public ActivityPoll poll(String activityArn, String workerNameOrEmpty) {
    var poll = new Poll(activityArn, workerNameOrEmpty.isEmpty() ? null : workerNameOrEmpty);
    synchronized (this) {
      queues(activityArn).polls.add(poll);
    }
    if (timers != null) {
      var timeout = timers.schedule(poll::cancel, POLL_SECONDS, TimeUnit.SECONDS);
      poll.reply.whenComplete((reply, fault) -> timeout.cancel(false));
    }
    match(activityArn);
    return poll;
  }

  /**
   * How an activity stands.
   *
   * @param waiting tasks that no worker has taken
   * @param polling workers that wait for a task
   * @param workers names of those that gave one, {@value #WORKERS_MAX} at most
   */
  public record Queue(String activityArn, int waiting, int polling, List<String> workers) {}

  /** How those activities stand that have tasks or workers waiting, at most {@code max}. */
  public synchronized List<Queue> queues(int max) {
    return activities.entrySet().stream()
        .limit(max)
        .map(
            each -> {
              var polls = each.getValue().polls;
              var names =
                  polls.stream()
                      .map(poll -> poll.workerName)
                      .filter(Objects::nonNull)
                      .limit(WORKERS_MAX)
                      .toList();
              return new Queue(each.getKey(), each.getValue().tasks.size(), polls.size(), names);
            })
        .toList();
  }

  private void match(String activityArn) {
    while (true) {
      TaskRef task;
      Poll poll;
      synchronized (this) {
        var queues = queues(activityArn);
        if (queues.tasks.isEmpty() || queues.polls.isEmpty()) {
          if (queues.tasks.isEmpty() && queues.polls.isEmpty()) {
            activities.remove(activityArn);
          }
          return;
        }
        task = queues.tasks.remove();
        poll = queues.polls.remove();
      }
      take(task, poll);
    }
  }

  private void take(TaskRef task, Poll poll) {
    mailbox.put(
        new Message.ForExecution(
            task.executionId(),
            new Command.TakeActivityTask(task.scopeId(), task.stamp(), poll.workerName),
            reply -> taken(poll, reply),
            null));
  }

  private void taken(Poll poll, @Nullable Reply reply) {
    if (reply instanceof Reply.ActivityTask) {
      // A worker that left meanwhile has lost the task: it times out, as on AWS.
      poll.reply.complete(reply);
      return;
    }
    // The task was over before it was taken: the worker goes on waiting, first in line.
    synchronized (this) {
      if (!poll.reply.isDone()) {
        queues(poll.activityArn).polls.addFirst(poll);
      }
    }
    match(poll.activityArn);
  }

  private Queues queues(String activityArn) {
    return activities.computeIfAbsent(activityArn, arn -> new Queues());
  }

  private final class Poll implements ActivityPoll {
    private final String activityArn;
    private final @Nullable String workerName;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    Poll(String activityArn, @Nullable String workerName) {
      this.activityArn = activityArn;
      this.workerName = workerName;
    }

    @Override
    public CompletableFuture<Reply> reply() {
      return reply;
    }

    @Override
    public void cancel() {
      boolean waiting;
      synchronized (ActivityTasks.this) {
        var queues = activities.get(activityArn);
        waiting = queues != null && queues.polls.remove(this);
      }
      // A poll that is just being given a task is answered by that task.
      if (waiting) {
        reply.complete(Reply.GONE);
      }
    }
  }
}
