package io.stepwise.runtime.feed;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.EventType;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.feed.FeedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what steps have committed to the consumers of the feed.
 *
 * <pre>
 * step ─▶ commit ─▶ Feed ─┬─▶ queue of a subscription ─▶ its thread ─▶ take
 *                         │        full? left out, and read from the rows of the feed later
 *                         └─▶ …
 * </pre>
 *
 * <p>Nobody waits for a consumer. One that keeps up hears from memory and costs no read; one that
 * does not reads the rows, where Express executions are not.
 */
public final class Feed implements FeedSink, AutoCloseable {
  private final FeedTable table;
  private final ExecutionReader executions;
  private final Consumer<Read> reads;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private boolean started;

  /** A consumer that is durable has read a lane up to a sequence: for the lane's writer to note. */
  public record Read(String consumer, int lane, long sequence) {}

  /**
   * A feed without consumers.
   *
   * @param reads told how far durable consumers have come
   */
  public Feed(FeedTable table, ExecutionReader executions, Consumer<Read> reads) {
    this.table = table;
    this.executions = executions;
    this.reads = reads;
  }

  /** Adds a consumer with a thread of its own; before {@link #start}. */
  public void add(FeedConsumer consumer) {
    if (started) {
      throw new IllegalStateException("Expected consumers before the start");
    }
    subscriptions.add(new Subscription(consumer, this, table, reads));
  }

  /** Lets the consumers begin; before the steps do. */
  public void start() {
    started = true;
    subscriptions.forEach(Subscription::start);
  }

  @Override
  public void committed(FeedCommit commit) {
    for (var subscription : subscriptions) {
      subscription.offer(commit);
    }
  }

  @Override
  public void noted(Read read) {
    for (var subscription : subscriptions) {
      subscription.noted(read);
    }
  }

  @Override
  public long readDurably(int lane) {
    var lowest = Long.MAX_VALUE;
    for (var subscription : subscriptions) {
      lowest = Math.min(lowest, subscription.readDurably(lane));
    }
    return lowest;
  }

  /**
   * Tells again what was decided last, as far as its rows are there: for who may have lost in a
   * crash what it had heard, and knows what it has. Stored executions only; may take long.
   *
   * @param commitsMax commits of each lane at most
   */
  public void recall(int commitsMax, Consumer<FeedEntry> consumer) {
    for (var lane : table.lanes()) {
      var after = Math.max(0, table.last(lane) - commitsMax);
      List<FeedTable.Item> items = new ArrayList<>();
      table.read(lane, after, row -> items.addAll(row.items()));
      for (var item : items) {
        var entry = read(item);
        if (entry != null) {
          consumer.accept(entry);
        }
      }
    }
  }

  /** How a consumer fares. */
  public record Figures(String consumer, int waiting, long missed) {}

  /** How the consumers fare. */
  public List<Figures> figures() {
    return subscriptions.stream().map(Subscription::figures).toList();
  }

  /** Waits until all that was committed before has been taken, for at most so long. */
  public boolean awaitTaken(long millisMax) throws InterruptedException {
    var all = true;
    for (var subscription : subscriptions) {
      all &= subscription.awaitTaken(millisMax);
    }
    return all;
  }

  /** What a row tells of, read from the store; null where the execution is gone since. */
  @Nullable FeedEntry read(FeedTable.Item item) {
    var found = executions.summarize(item.executionId());
    if (found.isEmpty()) {
      return null;
    }
    List<Event> events = new ArrayList<>();
    executions.history(
        item.executionId(),
        item.firstEventId(),
        false,
        event -> {
          if (event.id() > item.lastEventId()) {
            return false;
          }
          events.add(event);
          return true;
        });
    return entry(found.get(), item, events);
  }

  private static FeedEntry entry(Execution execution, FeedTable.Item item, List<Event> events) {
    var last = events.isEmpty() ? null : (HistoryEvent) events.getLast();
    var after = last == null ? execution.status() : statusAfter(last.type());
    // A history begins with one event; another first event finds the execution running, or
    // redriven.
    var before = item.firstEventId() == 1 ? null : statusBefore(events);
    return new FeedEntry(
        true,
        execution.header(),
        before,
        after,
        after.isClosed() && last != null ? last.timestampMillis() : 0,
        after.isClosed() ? execution.error() : null,
        events);
  }

  private static ExecutionStatus statusAfter(EventType type) {
    return switch (type) {
      case ExecutionSucceeded -> ExecutionStatus.SUCCEEDED;
      case ExecutionFailed -> ExecutionStatus.FAILED;
      case ExecutionTimedOut -> ExecutionStatus.TIMED_OUT;
      case ExecutionAborted -> ExecutionStatus.ABORTED;
      default -> ExecutionStatus.RUNNING;
    };
  }

  private static ExecutionStatus statusBefore(List<Event> events) {
    var redriven =
        !events.isEmpty()
            && events.getFirst() instanceof HistoryEvent first
            && first.type() == EventType.ExecutionRedriven;
    return redriven ? ExecutionStatus.FAILED : ExecutionStatus.RUNNING;
  }

  /** Stops the consumers; what they have not taken they hear after the next start, if durable. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
  }
}
