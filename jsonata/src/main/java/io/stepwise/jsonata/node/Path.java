package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Steps, each evaluated for every value of the one before; arrays are flattened on the way unless
 * they were constructed as a step.
 *
 * <p>A single value is handed on as itself, several in an array; an array met on the way is looked
 * through where it is, not copied.
 */
final class Path extends Node {
  private final Step[] steps;
  private final boolean keepSingleton;
  private final boolean keepSequence;
  private final @Nullable Grouping grouping;

  /**
   * With these steps.
   *
   * @param keepSingleton whether a single value stays an array, be it one that was constructed
   * @param keepSequence whether it stays an array unless it is one
   */
  Path(Step[] steps, boolean keepSingleton, boolean keepSequence, @Nullable Grouping grouping) {
    this.steps = steps;
    this.keepSingleton = keepSingleton;
    this.keepSequence = keepSequence;
    this.grouping = grouping;
  }

  /**
   * A step.
   *
   * @param name of the field, where it is no more than that
   * @param single whether it looks at an input array as one value
   * @param whole whether it constructs an array that the path begins with
   */
  record Step(Node node, Filter[] filters, @Nullable String name, boolean single, boolean whole) {
    static final Filter[] NO_FILTERS = {};
  }

  @Override
  public @Nullable JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    evaluation.enter();
    var value = steps(evaluation, input, frame);
    JsonNode result;
    if (grouping != null) {
      result = grouping.evaluate(evaluation, keepSingleton ? keep(value) : value, frame);
    } else if (keepSingleton) {
      result = keep(value);
    } else if (keepSequence) {
      result = Structures.kept(value);
    } else {
      result = Values.unwrap(value);
    }
    evaluation.leave();
    return result;
  }

  static @Nullable JsonNode keep(@Nullable JsonNode value) {
    if (value instanceof Items items && items.isConstructed() && !items.isSequence()) {
      var only = Items.of(items);
      only.keepSingleton();
      return only;
    }
    return Structures.kept(value);
  }

  private @Nullable JsonNode steps(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
    var current = input;
    var many = input instanceof ArrayNode && !steps[0].single;
    var last = steps.length - 1;
    for (var i = 0; i <= last; i++) {
      var step = steps[i];
      if (step.node instanceof Sort sort) {
        var sorted = i > 0 && steps[i - 1].node instanceof Sort;
        current = sort.sort(current, many, sorted, evaluation, frame);
        current = filtered(current, step, evaluation, frame);
      } else if (many && current instanceof ArrayNode array) {
        current = each(array, step, i == last, evaluation, frame);
      } else if (step.name != null && current instanceof ObjectNode object) {
        current = object.get(step.name);
        if (step.filters.length > 0) {
          current = filtered(current, step, evaluation, frame);
        }
      } else if (i == 0 && step.whole) {
        current = step.node.evaluate(evaluation, asSequence(current), frame);
        current = filtered(current, step, evaluation, frame);
        if (i < last && !(current instanceof ArrayNode) && !(steps[i + 1].node instanceof Sort)) {
          current = units(current, evaluation);
        }
      } else {
        current = step.node.evaluate(evaluation, current, frame);
        if (step.filters.length > 0) {
          current = filtered(current, step, evaluation, frame);
        }
      }
      if (current == null) {
        return null;
      }
      // What a path begins with, or a sort leaves, is gone through whatever it is made of.
      var open = i == 0 && step.whole || step.node instanceof Sort;
      many = current instanceof ArrayNode && (open || !isOne(current));
      if (many && i < last && ((ArrayNode) current).isEmpty()) {
        return open ? current : null;
      }
    }
    if (!(steps[last].node instanceof Sort)
        && current instanceof Items items
        && items.isSequence()
        && items.size() < 2) {
      // A sequence met as a value is one value now; what it was to keep is forgotten.
      return items.isEmpty() ? null : keptOne(items.get(0));
    }
    return current;
  }

  /** An array that a path begins with is evaluated once, for its input as a sequence. */
  static JsonNode asSequence(@Nullable JsonNode input) {
    if (input == null) {
      return Items.sequence();
    }
    return input instanceof ArrayNode ? input : Items.of(input);
  }

  /**
   * What the steps after it take such a value for if it is no array after all. Source: the
   * reference implementation, which goes by its length and what it finds at each index.
   */
  private static @Nullable JsonNode units(@Nullable JsonNode value, Evaluation evaluation) {
    if (!(value instanceof StringNode string)) {
      return null;
    }
    var text = string.stringValue();
    if (text.isEmpty()) {
      return value;
    }
    var units = Items.array(text.length());
    for (var i = 0; i < text.length(); i++) {
      evaluation.text(1);
      units.push(Values.text(text.substring(i, i + 1)), evaluation);
    }
    return units;
  }

  private static JsonNode keptOne(JsonNode only) {
    return only instanceof ArrayNode ? Items.of(only) : only;
  }

  /** Whether an array counts as one value. */
  private static boolean isOne(@Nullable JsonNode value) {
    return value instanceof Items items && items.isConstructed();
  }

  private static @Nullable JsonNode filtered(
      @Nullable JsonNode value, Step step, Evaluation evaluation, Frame frame) {
    var current = value;
    for (var filter : step.filters) {
      current = filter.apply(current, evaluation, frame);
      if (current == null) {
        return null;
      }
    }
    return current;
  }

  /** The step for each item of an array: null if it gives nothing, a single value as itself. */
  private static @Nullable JsonNode each(
      ArrayNode array, Step step, boolean last, Evaluation evaluation, Frame frame) {
    JsonNode first = null;
    Items found = null;
    var name = step.name;
    var size = array.size();
    for (var i = 0; i < size; i++) {
      evaluation.step();
      var item = array.get(i);
      var value =
          name != null && item instanceof ObjectNode object
              ? object.get(name)
              : step.node.evaluate(evaluation, item, frame);
      if (step.filters.length > 0) {
        value = filtered(value, step, evaluation, frame);
      }
      if (value == null) {
        continue;
      }
      if (found != null) {
        add(value, found, evaluation);
      } else if (first == null) {
        first = value;
      } else {
        found = Items.sequence(Math.max(4, Math.min(size - i + 1, 64)));
        add(first, found, evaluation);
        add(value, found, evaluation);
      }
    }
    if (found == null && size > 1 && step.filters.length > 0 && first instanceof ArrayNode only) {
      // What filters leave of each item is gathered, even if there is nothing but of one.
      found = Items.sequence(only.size());
      add(only, found, evaluation);
    }
    return found != null ? found : first;
  }

  private static void add(JsonNode value, Items found, Evaluation evaluation) {
    if (value instanceof ArrayNode array && !isOne(value)) {
      found.appendAll(array, evaluation);
    } else {
      found.push(value, evaluation);
    }
  }
}
