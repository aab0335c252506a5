package io.stepwise.runtime.dispatch;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.runtime.port.ExecutionGateway;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.runtime.port.SyncResult;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way in, by messages to shards. */
public final class MailboxGateway implements ExecutionGateway {
  private final Mailbox mailbox;
  private final ActivityTasks activities;

  /** A gateway that puts messages into {@code mailbox}. */
  public MailboxGateway(Mailbox mailbox, ActivityTasks activities) {
    this.mailbox = mailbox;
    this.activities = activities;
  }

  @Override
  public CompletableFuture<StartResult> start(StartRequest request) {
    return ask(answer -> new Message.Start(request, answer));
  }

  @Override
  public CompletableFuture<SyncResult> startSync(StartRequest request) {
    return ask(answer -> new Message.StartSync(request, answer));
  }

  @Override
  public CompletableFuture<Reply> send(long executionId, Command command) {
    return ask(answer -> new Message.ForExecution(executionId, command, answer, null));
  }

  @Override
  public ActivityPoll pollActivity(String activityArn, String workerNameOrEmpty) {
    return activities.poll(activityArn, workerNameOrEmpty);
  }

  private <T> CompletableFuture<T> ask(Function<Consumer<@Nullable T>, Message> message) {
    var future = new CompletableFuture<T>();
    mailbox.put(
        message.apply(
            answer -> {
              if (answer == null) {
                future.completeExceptionally(
                    new IllegalStateException(
                        "SW-ENGINE-FAULT: the shard could not process the message; see the log"));
              } else {
                future.complete(answer);
              }
            }));
    return future;
  }
}
