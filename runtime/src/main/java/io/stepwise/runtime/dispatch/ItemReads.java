package io.stepwise.runtime.dispatch;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.integration.ItemSource;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.time.Workload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads items for map runs, one page at a time for each. Whatever the source does fails that one
 * map run at most. Limits: {@value #READS_MAX} pages at a time; the rest waits on a thread of its
 * own.
 */
final class ItemReads {
  private static final Logger LOG = LoggerFactory.getLogger(ItemReads.class);
  private static final int READS_MAX = 32;

  private final ItemSource source;
  private final Mailbox mailbox;
  private final Workload workload;
  private final Executor threads;
  private final Semaphore places = new Semaphore(READS_MAX, true);

  ItemReads(ItemSource source, Mailbox mailbox, Workload workload, Executor threads) {
    this.source = source;
    this.mailbox = mailbox;
    this.workload = workload;
    this.threads = threads;
  }

  /** Reads the next items of a map run, which then hears of them. */
  void begin(Effect.ReadItems read) {
    workload.began();
    threads.execute(() -> read(read));
  }

  private void read(Effect.ReadItems read) {
    places.acquireUninterruptibly();
    CompletableFuture<ItemSource.Answer> answer;
    try {
      answer =
          source.read(
              new ItemSource.Request(
                  read.reader(),
                  read.position(),
                  read.itemsMax(),
                  read.execution().machine().location()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer.whenComplete(
        (page, failure) -> {
          places.release();
          tell(read, page, failure);
          workload.callEnded();
        });
  }

  private void tell(
      Effect.ReadItems read, ItemSource.@Nullable Answer answer, @Nullable Throwable failure) {
    var task = read.task();
    var command =
        switch (answer) {
          case ItemSource.Answer.Page(var items, var keyed, var next) ->
              new Command.TakeItems(
                  task.scopeId(), task.stamp(), read.position(), items, keyed, next);
          case ItemSource.Answer.Failed(var cause) -> failed(read, cause);
          case null -> {
            LOG.error("{}: reading items failed: {}", ConnectorCalls.FAULT, read.reader(), failure);
            yield failed(
                read,
                "Stepwise failed to read the items: "
                    + (failure == null ? "there was no answer" : failure.getMessage())
                    + ". The server's log has the details.");
          }
        };
    mailbox.put(new Message.ForExecution(task.executionId(), command, reply -> {}, null));
  }

  private static Command failed(Effect.ReadItems read, String cause) {
    var task = read.task();
    return new Command.FailReading(task.scopeId(), task.stamp(), read.position(), cause);
  }
}
