package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;

/** {@code [condition]}: the items at an index, at several, or for which something holds. */
final class Filter {
  private final Node condition;
  private final boolean literal;
  private final boolean fixed;
  private final double index;

  Filter(Node condition) {
    this.condition = condition;
    this.literal = condition instanceof Leaves.Constant constant && Values.isNumber(constant.value);
    this.fixed = condition.isFixed();
    this.index = literal ? Math.floor(Values.toDouble(((Leaves.Constant) condition).value)) : 0;
  }

  /** What is left of a value: null if nothing, a single value as itself, others in a sequence. */
  @Nullable JsonNode apply(@Nullable JsonNode value, Evaluation evaluation, Frame frame) {
    if (!(value instanceof ArrayNode array)) {
      if (literal) {
        return index == 0 || index == -1 ? value : null;
      }
      var times = times(condition.evaluate(evaluation, value, frame), 0, 1);
      return times == 0 || value == null
          ? null
          : times == 1 ? value : repeated(value, times, evaluation);
    }
    var size = array.size();
    if (literal) {
      var at = index < 0 ? index + size : index;
      return at >= 0 && at < size ? array.get((int) at) : null;
    }
    Items kept = null;
    var same = fixed && size > 0 ? condition.evaluate(evaluation, null, frame) : null;
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var item = array.get(i);
      var chosen = fixed ? same : condition.evaluate(evaluation, item, frame);
      for (var times = times(chosen, i, size); times > 0; times--) {
        if (kept == null) {
          kept = Items.sequence();
        }
        kept.push(item, evaluation);
      }
    }
    return kept;
  }

  /** What is left of tuples. */
  Tuples applyTo(Tuples tuples, Evaluation evaluation) {
    var size = tuples.rows.size();
    var kept = new Tuples(tuples.scope);
    if (literal) {
      var at = index < 0 ? index + size : index;
      if (at >= 0 && at < size) {
        kept.rows.add(tuples.rows.get((int) at));
      }
      return kept;
    }
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var row = tuples.rows.get(i);
      var chosen = condition.evaluate(evaluation, row.item(), row.own(tuples.scope));
      for (var times = times(chosen, i, size); times > 0; times--) {
        kept.rows.add(row);
      }
    }
    return kept;
  }

  private static Items repeated(JsonNode value, int times, Evaluation evaluation) {
    var items = Items.sequence(times);
    for (var i = 0; i < times; i++) {
      items.push(value, evaluation);
    }
    return items;
  }

  /** How often an item is chosen: as often as its index is named, or once. */
  private static int times(@Nullable JsonNode chosen, int at, int size) {
    if (chosen == null) {
      return 0;
    }
    if (chosen instanceof BooleanNode bool) {
      return bool.booleanValue() ? 1 : 0;
    }
    if (Values.isFinite(chosen)) {
      return isAt(chosen, at, size) ? 1 : 0;
    }
    if (chosen instanceof ArrayNode array && areNumbers(array)) {
      var times = 0;
      for (var i = 0; i < array.size(); i++) {
        times += isAt(array.get(i), at, size) ? 1 : 0;
      }
      return times;
    }
    return Values.truth(chosen) ? 1 : 0;
  }

  private static boolean isAt(JsonNode number, int at, int size) {
    var wanted = Math.floor(Values.toDouble(number));
    return (wanted < 0 ? wanted + size : wanted) == at;
  }

  private static boolean areNumbers(ArrayNode array) {
    for (var i = 0; i < array.size(); i++) {
      if (!Values.isFinite(array.get(i))) {
        return false;
      }
    }
    return true;
  }
}
