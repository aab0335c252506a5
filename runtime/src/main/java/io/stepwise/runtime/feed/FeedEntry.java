package io.stepwise.runtime.feed;

import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision, as consumers of the feed hear of it. Immutable.
 *
 * @param position where it stands in the feed; null for an Express execution, which is in no store
 * @param before status before the decision; null for an execution that is new
 * @param after status right after it
 * @param stopMillis when the execution was closed; 0 while it is not. Units: milliseconds since
 *     1970
 * @param error the error an execution ended with, or null
 * @param events what was decided, in order
 */
public record FeedEntry(
    @Nullable Position position,
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

  /** A place in the feed. */
  public record Position(int slot, long sequence) {}

  /** Whether the execution ended by it. */
  public boolean closes() {
    return after.isClosed() && (before == null || !before.isClosed());
  }
}
