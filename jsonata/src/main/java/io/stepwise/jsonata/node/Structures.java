package io.stepwise.jsonata.node;

import io.stepwise.jsonata.JsonataException;
import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Arrays, blocks, conditions, assignments, and what is applied to any value. */
final class Structures {
  private Structures() {}

  /** {@code [a, b..c]}. */
  static final class Elements extends Node {
    private final Node[] items;
    private final boolean[] nested;
    private final boolean constructed;

    Elements(Node[] items, boolean[] nested, boolean constructed) {
      this.items = items;
      this.nested = nested;
      this.constructed = constructed;
    }

    @Override
    boolean isFixed() {
      for (var item : items) {
        if (!item.isFixed()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var array = Items.array(items.length);
      for (var i = 0; i < items.length; i++) {
        if (items[i] instanceof Range range) {
          range.addTo(array, evaluation, input, frame);
          continue;
        }
        var value = items[i].evaluate(evaluation, input, frame);
        if (value != null) {
          if (nested[i]) {
            array.push(value, evaluation);
          } else {
            array.append(value, evaluation);
          }
        }
      }
      evaluation.leave();
      return constructed ? array.asConstructed() : array;
    }
  }

  /** {@code a..b} among elements. */
  static final class Range extends Node {
    /** More can't be asked for. Source: the reference implementation. */
    private static final double SIZE_MAX = 1e7;

    private final Node from;
    private final Node to;
    private final int position;

    Range(Node from, Node to, int position) {
      this.from = from;
      this.to = to;
      this.position = position;
    }

    @Override
    boolean isFixed() {
      return from.isFixed() && to.isFixed();
    }

    void addTo(Items array, Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var first = from.evaluate(evaluation, input, frame);
      var last = to.evaluate(evaluation, input, frame);
      evaluation.leave();
      if (first != null && !isWhole(first)) {
        throw JsonataException.of("T2003", first).at(position, "..");
      }
      if (last != null && !isWhole(last)) {
        throw JsonataException.of("T2004", last).at(position, "..");
      }
      if (first == null || last == null) {
        return;
      }
      var low = Values.toDouble(first);
      var high = Values.toDouble(last);
      if (low > high) {
        return;
      }
      var size = high - low + 1;
      if (size > SIZE_MAX) {
        throw JsonataException.of("D2014", Values.number(size)).at(position, "..");
      }
      evaluation.require(12 * size);
      evaluation.steps((long) size >> 2);
      for (var value = (long) low; value <= high; value++) {
        array.push(Values.number(value), evaluation);
      }
    }

    private static boolean isWhole(JsonNode value) {
      if (!Values.isNumber(value)) {
        return false;
      }
      var number = Values.toDouble(value);
      return number == Math.rint(number) && !Double.isInfinite(number);
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var array = Items.sequence();
      addTo(array, evaluation, input, frame);
      return array.unwrapped();
    }
  }

  /** {@code (a; b)}. */
  static final class Block extends Node {
    private final Node[] expressions;
    private final Scope scope;

    Block(Node[] expressions, Scope scope) {
      this.expressions = expressions;
      this.scope = scope;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var inner = scope.hasFrame() ? new Frame(frame, scope.size()) : frame;
      JsonNode value = null;
      for (var expression : expressions) {
        value = expression.evaluate(evaluation, input, inner);
      }
      evaluation.leave();
      return Values.unwrap(value);
    }
  }

  /** {@code a ? b : c}. */
  static final class Condition extends Node {
    private final Node condition;
    private final Node then;
    private final @Nullable Node otherwise;

    Condition(Node condition, Node then, @Nullable Node otherwise) {
      this.condition = condition;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var chosen = Values.isTrue(condition.evaluate(evaluation, input, frame)) ? then : otherwise;
      var value = chosen == null ? null : chosen.evaluate(evaluation, input, frame);
      evaluation.leave();
      return Values.unwrap(value);
    }
  }

  /** {@code $name := value}. */
  static final class Assignment extends Node {
    private final int slot;
    private final Node value;

    Assignment(int slot, Node value) {
      this.slot = slot;
      this.value = value;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var bound = value.evaluate(evaluation, input, frame);
      frame.bind(slot, bound);
      evaluation.leave();
      return Values.unwrap(bound);
    }
  }

  /** Filters behind a value that is no path. */
  static final class Predicated extends Node {
    private final Node value;
    private final Filter[] filters;
    private final boolean keepArray;

    Predicated(Node value, Filter[] filters, boolean keepArray) {
      this.value = value;
      this.filters = filters;
      this.keepArray = keepArray;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      evaluation.enter();
      var filtered = value.evaluate(evaluation, input, frame);
      if (filtered instanceof Tuples tuples) {
        for (var filter : filters) {
          tuples = filter.applyTo(tuples, evaluation);
        }
        evaluation.leave();
        return tuples;
      }
      for (var filter : filters) {
        filtered = filter.apply(filtered, evaluation, frame);
        if (filtered == null) {
          break;
        }
      }
      evaluation.leave();
      return keepArray ? kept(filtered) : Values.unwrap(filtered);
    }
  }

  /** An array of what may be a single value. */
  static @Nullable JsonNode kept(@Nullable JsonNode value) {
    if (value instanceof Items items && items.isSequence()) {
      items.keepSingleton();
      return items.unwrapped();
    }
    if (value == null || value instanceof tools.jackson.databind.node.ArrayNode) {
      return value;
    }
    var only = Items.of(value);
    only.keepSingleton();
    return only;
  }

  /** A value whose sequences are to stay arrays. */
  static final class Kept extends Node {
    private final Node value;

    Kept(Node value) {
      this.value = value;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var result = value.evaluate(evaluation, input, frame);
      if (result instanceof Items items && items.isSequence()) {
        items.keepSingleton();
      }
      return Values.unwrap(result);
    }
  }

  /** A function call or application, whose sequence is taken for what it stands for. */
  static final class Unwrapped extends Node {
    private final Node value;

    Unwrapped(Node value) {
      this.value = value;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      return Values.unwrap(value.evaluate(evaluation, input, frame));
    }
  }
}
