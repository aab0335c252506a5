package io.stepwise.runtime.step;

import io.stepwise.storage.execution.UnderWay;
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
  private final UnderWay.Walk walk;
  private final LongPredicate isMine;

  /** Of the executions that {@code isMine} tells. */
  Recovery(UnderWay underWay, LongPredicate isMine) {
    this.walk = underWay.walk();
    this.isMine = isMine;
  }

  /** Visits some more; returns whether there may be more after that. */
  boolean visit(int max, Consumer<UnderWay.Item> visitor) {
    for (var left = max; left > 0; left--) {
      var item = walk.next();
      if (item == null) {
        return false;
      }
      if (isMine.test(item.executionId())) {
        visitor.accept(item);
      }
    }
    return true;
  }

  @Override
  public void close() {
    walk.close();
  }
}
