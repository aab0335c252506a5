package io.stepwise.runtime;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.storage.Keys;
import io.stepwise.storage.Storage;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Goes through what was under way when the process ended, in portions between which requests are
 * served.
 *
 * <p>It reads the store as it was when this was made: what begins meanwhile leaves by itself, and
 * must not leave twice.
 */
final class Recovery implements AutoCloseable {
  private final Storage.Cursor pending;
  private final Storage.Cursor stops;
  private final LongPredicate isMine;

  /** Of the executions that {@code isMine} tells. */
  Recovery(Storage storage, LongPredicate isMine) {
    this.pending = storage.cursor(new byte[] {'o'}, new byte[] {'o' + 1});
    this.stops = storage.cursor(new byte[] {'u'}, new byte[] {'u' + 1});
    this.isMine = isMine;
  }

  /** Takes what was under way of an execution. */
  @FunctionalInterface
  interface Visitor {
    void visit(long executionId, Pending pending);
  }

  /** Visits some more; returns whether there may be more after that. */
  boolean visit(int max, Visitor visitor, Consumer<Effect.StopChild> stopped) {
    var left = max;
    while (left-- > 0) {
      if (pending.next()) {
        var key = pending.key();
        if (isMine.test(Keys.executionOf(key))) {
          visitor.visit(Keys.executionOf(key), Keys.pending(key));
        }
      } else if (stops.next()) {
        if (isMine.test(Keys.executionOf(stops.key()))) {
          stopped.accept(StopRow.decode(stops.value()));
        }
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    pending.close();
    stops.close();
  }
}
