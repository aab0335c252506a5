package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A path in which some step binds a variable ({@code @}, {@code #}) or refers to a parent. */
final class TuplePath extends Node {
  /** What a row takes besides its variables. */
  private static final long ROW_BYTES = 80;

  private final Step[] steps;
  private final Scope scope;
  private final boolean single;
  private final boolean constructed;
  private final boolean keepSingleton;
  private final boolean asTuples;
  private final @Nullable Grouping grouping;

  /**
   * With these steps.
   *
   * @param single whether the first looks at an input array as one value
   * @param constructed whether the first constructs an array
   * @param asTuples whether the path around wants the variables as well
   */
  TuplePath(
      Step[] steps,
      Scope scope,
      boolean single,
      boolean constructed,
      boolean keepSingleton,
      boolean asTuples,
      @Nullable Grouping grouping) {
    this.steps = steps;
    this.scope = scope;
    this.single = single;
    this.constructed = constructed;
    this.keepSingleton = keepSingleton;
    this.asTuples = asTuples;
    this.grouping = grouping;
  }

  /**
   * A step. Slots are -1 where nothing is bound.
   *
   * @param tuple whether tuples begin here, if they didn't before
   * @param focus the slot of what {@code @} binds
   * @param index the slot of what {@code #} binds
   * @param ancestor the slot of the context that a parent further on refers to
   */
  record Step(Node node, Stage[] stages, boolean tuple, int focus, int index, int ancestor) {
    boolean binds() {
      return tuple || focus >= 0 || index >= 0 || stages.length > 0;
    }
  }

  /** A filter, or the binding of the index in that slot. */
  record Stage(@Nullable Filter filter, int slot) {}

  @Override
  public @Nullable JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    evaluation.enter();
    Tuples tuples = null;
    var values = input instanceof ArrayNode array && !single ? array : one(input);
    for (var i = 0; i < steps.length; i++) {
      var step = steps[i];
      if (i == 0 && constructed) {
        var made = step.node.evaluate(evaluation, Path.asSequence(input), frame);
        if (made instanceof Items items && items.isEmpty() && !step.binds() && grouping == null) {
          // Nothing is gone through, so nothing is bound: the array itself is what there is.
          evaluation.leave();
          return keepSingleton ? Path.keep(items) : items;
        }
        if (step.focus < 0) {
          values = made instanceof ArrayNode array ? array : one(made);
        }
      } else if (tuples != null || step.tuple) {
        tuples = tupleStep(step, tuples, values, evaluation, frame);
        continue;
      } else {
        values = plainStep(step, values, evaluation, frame);
      }
      if (values == null || values.isEmpty()) {
        break;
      }
    }
    var result = finish(tuples, values, evaluation, frame);
    evaluation.leave();
    return result;
  }

  private @Nullable JsonNode finish(
      @Nullable Tuples tuples, @Nullable ArrayNode values, Evaluation evaluation, Frame frame) {
    if (grouping != null && tuples != null && !tuples.rows.isEmpty()) {
      return grouping.evaluate(evaluation, tuples, frame);
    }
    if (grouping != null) {
      // No row binds anything: what the grouping refers to is not there.
      var unbound = scope.hasFrame() ? new Frame(frame, scope.size()) : frame;
      return grouping.evaluate(
          evaluation, values == null || tuples != null ? null : values, unbound);
    }
    if (tuples != null && asTuples) {
      return tuples;
    }
    var found = Items.sequence();
    if (tuples != null) {
      for (var row : tuples.rows) {
        if (row.item() != null) {
          found.push(row.item(), evaluation);
        }
      }
    } else if (values != null) {
      found.appendAll(values, evaluation);
    }
    if (keepSingleton) {
      found.keepSingleton();
    }
    return found.unwrapped();
  }

  private static @Nullable ArrayNode one(@Nullable JsonNode value) {
    return value == null ? null : Items.of(value);
  }

  private @Nullable ArrayNode plainStep(
      Step step, @Nullable ArrayNode values, Evaluation evaluation, Frame frame) {
    if (step.node instanceof Sort sort) {
      var sorted = values == null ? null : sort.sort(values, true, false, evaluation, frame);
      var left = filtered(step, sorted, evaluation, frame);
      return left instanceof ArrayNode array ? array : one(left);
    }
    var found = Items.sequence();
    var size = values == null ? 1 : values.size();
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var value = step.node.evaluate(evaluation, values == null ? null : values.get(i), frame);
      value = filtered(step, value, evaluation, frame);
      if (value instanceof ArrayNode array
          && !(value instanceof Items items && items.isConstructed())) {
        found.appendAll(array, evaluation);
      } else if (value != null) {
        found.push(value, evaluation);
      }
    }
    return found;
  }

  private static @Nullable JsonNode filtered(
      Step step, @Nullable JsonNode value, Evaluation evaluation, Frame frame) {
    var current = value;
    for (var stage : step.stages) {
      if (stage.filter != null) {
        current = stage.filter.apply(current, evaluation, frame);
        if (current == null) {
          return null;
        }
      }
    }
    return current;
  }

  private Tuples tupleStep(
      Step step,
      @Nullable Tuples tuples,
      @Nullable ArrayNode values,
      Evaluation evaluation,
      Frame frame) {
    Tuples result;
    if (step.node instanceof Sort sort) {
      if (tuples != null) {
        result = sort.sort(tuples, evaluation);
      } else {
        var sorted = values == null ? null : sort.sort(values, true, false, evaluation, frame);
        result = begin(sorted instanceof ArrayNode array ? array : one(sorted), frame);
        for (var i = 0; i < result.rows.size() && step.index >= 0; i++) {
          result
              .rows
              .get(i)
              .frame()
              .bind(step.index, tools.jackson.databind.node.IntNode.valueOf(i));
        }
      }
    } else {
      result = new Tuples(scope);
      for (var row : (tuples == null ? begin(values, frame) : tuples).rows) {
        extend(step, row, result, evaluation);
      }
    }
    for (var stage : step.stages) {
      if (stage.filter != null) {
        result = stage.filter.applyTo(result, evaluation);
      } else {
        result = numbered(result, stage.slot);
      }
    }
    return result;
  }

  private Tuples begin(@Nullable ArrayNode values, Frame frame) {
    var tuples = new Tuples(scope);
    if (values == null) {
      tuples.rows.add(new Tuples.Row(null, new Frame(frame, scope.size())));
    } else {
      for (var value : values) {
        tuples.rows.add(new Tuples.Row(value, new Frame(frame, scope.size())));
      }
    }
    return tuples;
  }

  private Tuples numbered(Tuples tuples, int slot) {
    var result = new Tuples(scope);
    for (var i = 0; i < tuples.rows.size(); i++) {
      var row = tuples.rows.get(i);
      var frame = row.frame().copy();
      frame.bind(slot, tools.jackson.databind.node.IntNode.valueOf(i));
      result.rows.add(new Tuples.Row(row.item(), frame));
    }
    return result;
  }

  /** All rows that a step makes of one. */
  private void extend(Step step, Tuples.Row row, Tuples result, Evaluation evaluation) {
    evaluation.step();
    var value = step.node.evaluate(evaluation, row.item(), row.own(scope));
    if (value instanceof Tuples inner) {
      for (var each : inner.rows) {
        evaluation.built(ROW_BYTES + 16L * scope.size());
        var frame = row.frame().copy();
        for (var name : inner.scope.carried()) {
          var bound = each.frame().slots[inner.scope.slot(name)];
          if (bound != null) {
            frame.slots[scope.slot(name)] = bound;
          }
        }
        result.rows.add(new Tuples.Row(each.item(), frame));
      }
    } else if (value instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        result.rows.add(extended(step, row, array.get(i), i, evaluation));
      }
    } else if (value != null) {
      result.rows.add(extended(step, row, value, 0, evaluation));
    }
  }

  private Tuples.Row extended(
      Step step, Tuples.Row row, JsonNode value, int index, Evaluation evaluation) {
    evaluation.step();
    evaluation.built(ROW_BYTES + 16L * scope.size());
    var frame = row.frame().copy();
    if (step.focus >= 0) {
      frame.bind(step.focus, value);
    }
    if (step.index >= 0) {
      frame.bind(step.index, tools.jackson.databind.node.IntNode.valueOf(index));
    }
    if (step.ancestor >= 0) {
      frame.bind(step.ancestor, row.item());
    }
    return new Tuples.Row(step.focus >= 0 ? row.item() : value, frame);
  }
}
