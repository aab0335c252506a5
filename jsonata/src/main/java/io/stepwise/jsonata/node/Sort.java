package io.stepwise.jsonata.node;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.MergeSort;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** {@code ^(terms)}: sorts all values at once; a term is evaluated once for each. */
final class Sort extends Node {
  private final Node[] terms;
  private final boolean[] descending;
  private final int position;

  Sort(Node[] terms, boolean[] descending, int position) {
    this.terms = terms;
    this.descending = descending;
    this.position = position;
  }

  @Override
  public @Nullable JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    return sort(input, input instanceof ArrayNode, false, evaluation, frame);
  }

  /** A value with what its terms gave so far. */
  private static final class Keyed {
    final @Nullable JsonNode item;
    final Frame frame;
    final @Nullable Object payload;
    final @Nullable Object[] keys;
    int known;

    Keyed(@Nullable JsonNode item, Frame frame, @Nullable Object payload, int terms) {
      this.item = item;
      this.frame = frame;
      this.payload = payload;
      this.keys = new Object[terms];
    }
  }

  /**
   * The values in order.
   *
   * @param many whether an array is several values, not one
   * @param again whether a sort has left it, so that a single value stays as it is
   */
  @Nullable JsonNode sort(
      @Nullable JsonNode value, boolean many, boolean again, Evaluation evaluation, Frame frame) {
    if (!(value instanceof ArrayNode array)) {
      return value;
    }
    if (!many) {
      return Items.of(array);
    }
    if (array.size() < 2) {
      return again ? array : copy(array, evaluation);
    }
    var keyed = new Keyed[array.size()];
    for (var i = 0; i < keyed.length; i++) {
      keyed[i] = new Keyed(array.get(i), frame, null, terms.length);
    }
    MergeSort.sort(keyed, (left, right) -> isAfter(left, right, evaluation));
    var sorted = Items.array(keyed.length);
    for (var item : keyed) {
      if (item.item != null) {
        sorted.push(item.item, evaluation);
      }
    }
    return sorted;
  }

  private static Items copy(ArrayNode array, Evaluation evaluation) {
    var items = Items.sequence(array.size());
    items.appendAll(array, evaluation);
    return items;
  }

  /** Sorts tuples by terms that see their variables. */
  Tuples sort(Tuples tuples, Evaluation evaluation) {
    var keyed = new Keyed[tuples.rows.size()];
    for (var i = 0; i < keyed.length; i++) {
      var row = tuples.rows.get(i);
      keyed[i] = new Keyed(row.item(), row.own(tuples.scope), row, terms.length);
    }
    MergeSort.sort(keyed, (left, right) -> isAfter(left, right, evaluation));
    var sorted = new Tuples(tuples.scope);
    for (var item : keyed) {
      if (item.payload instanceof Tuples.Row row) {
        sorted.rows.add(row);
      }
    }
    return sorted;
  }

  private boolean isAfter(Keyed left, Keyed right, Evaluation evaluation) {
    evaluation.step();
    for (var i = 0; i < terms.length; i++) {
      var one = key(left, i, evaluation);
      var other = key(right, i, evaluation);
      int order;
      if (one instanceof Double number && other instanceof Double another) {
        order = compare(number, another);
      } else if (one instanceof String text && other instanceof String another) {
        order = text.compareTo(another);
      } else if (one == null || other == null) {
        if (one == null && other == null) {
          continue;
        }
        return one == null;
      } else {
        throw notOrdered(left, right, i, evaluation);
      }
      if (order != 0) {
        return order > 0 != descending[i];
      }
    }
    return false;
  }

  /** Keys are kept in the form they are compared in; the error names them as they are. */
  private JsonataException notOrdered(Keyed left, Keyed right, int term, Evaluation evaluation) {
    var one = terms[term].evaluate(evaluation, left.item, left.frame);
    var other = terms[term].evaluate(evaluation, right.item, right.frame);
    if (!isOrdered(one) || !isOrdered(other)) {
      return JsonataException.of("T2008", isOrdered(one) ? other : one).at(position, null);
    }
    return JsonataException.of("T2007", one, other).at(position, null);
  }

  private static int compare(double one, double other) {
    return one == other ? 0 : one < other ? -1 : 1;
  }

  private static boolean isOrdered(@Nullable JsonNode value) {
    return value instanceof StringNode || (value != null && Values.isNumber(value));
  }

  /** A number, a text, null where there is none, or what has no order. */
  private @Nullable Object key(Keyed keyed, int term, Evaluation evaluation) {
    if (keyed.known <= term) {
      var value = terms[term].evaluate(evaluation, keyed.item, keyed.frame);
      keyed.keys[term] =
          value instanceof StringNode text
              ? text.stringValue()
              : value != null && Values.isNumber(value) ? (Object) Values.toDouble(value) : value;
      keyed.known = term + 1;
    }
    return keyed.keys[term];
  }
}
