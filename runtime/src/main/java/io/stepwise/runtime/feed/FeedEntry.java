package io.stepwise.runtime.feed;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision, as consumers of the feed hear of it. Immutable.
 *
 * @param stored whether the execution is in the store; Express executions are in memory only
 * @param before status before the decision; null for an execution that is new
 * @param after status right after it
 * @param stopMillis when the execution was closed; 0 while it is not. Units: milliseconds since
 *     1970
 * @param error the error an execution ended with, or null
 * @param events what was decided, in order
 */
public record FeedEntry(
    boolean stored,
    ExecutionHeader header,
    @Nullable ExecutionStatus before,
    ExecutionStatus after,
    long stopMillis,
    @Nullable String error,
    List<Event> events) {

  public FeedEntry {
    Objects.requireNonNull(header);
    Objects.requireNonNull(after);
  }

  /** Whether the execution ended by it. */
  public boolean closes() {
    return after.isClosed() && (before == null || !before.isClosed());
  }

  /** The first event that it added to the history, or 0 where it added none. */
  public long firstEventId() {
    for (var event : events) {
      if (event instanceof HistoryEvent shown) {
        return shown.id();
      }
    }
    return 0;
  }

  /** The last event that it added to the history, or 0 where it added none. */
  public long lastEventId() {
    for (var i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof HistoryEvent shown) {
        return shown.id();
      }
    }
    return 0;
  }
}
