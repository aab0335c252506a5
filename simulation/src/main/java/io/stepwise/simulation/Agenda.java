package io.stepwise.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen outside the process under test, by virtual time. */
final class Agenda {
  private final PriorityQueue<Item> items =
      new PriorityQueue<>(
          Comparator.comparingLong(Item::dueMillis).thenComparingLong(Item::number));
  private long numbers;

  /** Where something happens, which tells whether it survives a crash of the process. */
  enum Place {
    INSIDE,
    OUTSIDE
  }

  private record Item(long dueMillis, long number, Place place, Runnable action) {}

  void add(long dueMillis, Place place, Runnable action) {
    items.add(new Item(dueMillis, numbers++, place, action));
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** When the next thing happens, or {@link Long#MAX_VALUE}. */
  long nextMillis() {
    var first = items.peek();
    return first == null ? Long.MAX_VALUE : first.dueMillis();
  }

  /** Does the next thing that is due; returns whether there was one. */
  boolean runNext(long nowMillis) {
    var first = items.peek();
    if (first == null || first.dueMillis() > nowMillis) {
      return false;
    }
    items.remove();
    first.action().run();
    return true;
  }

  /** The process died. */
  void crashed() {
    items.removeIf(item -> item.place() == Place.INSIDE);
  }
}
