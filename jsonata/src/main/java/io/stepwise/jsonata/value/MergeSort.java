package io.stepwise.jsonata.value;

import java.util.function.BiPredicate;

/**
 * A stable merge sort that halves from the top: which pairs are compared, and in which order, can
 * be seen from outside, by what a comparator does.
 */
public final class MergeSort {
  private MergeSort() {}

  /**
   * Sorts in place.
   *
   * @param isAfter whether the first of two belongs behind the second
   */
  public static <T> void sort(T[] items, BiPredicate<? super T, ? super T> isAfter) {
    if (items.length > 1) {
      sort(items, items.clone(), 0, items.length, isAfter);
    }
  }

  private static <T> void sort(
      T[] items, T[] spare, int from, int to, BiPredicate<? super T, ? super T> isAfter) {
    if (to - from < 2) {
      return;
    }
    var middle = from + (to - from) / 2;
    sort(items, spare, from, middle, isAfter);
    sort(items, spare, middle, to, isAfter);
    System.arraycopy(items, from, spare, from, to - from);
    var left = from;
    var right = middle;
    for (var at = from; at < to; at++) {
      if (left == middle) {
        items[at] = spare[right++];
      } else if (right == to || !isAfter.test(spare[left], spare[right])) {
        items[at] = spare[left++];
      } else {
        items[at] = spare[right++];
      }
    }
  }
}
