package io.stepwise.jsonata.node;

import io.stepwise.jsonata.value.Evaluation;
import io.stepwise.jsonata.value.Frame;
import io.stepwise.jsonata.value.Items;
import io.stepwise.jsonata.value.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations without operands: literals, names, variables, wildcards. */
final class Leaves {
  private Leaves() {}

  /** A literal. */
  static final class Constant extends Node {
    final JsonNode value;

    Constant(JsonNode value) {
      this.value = value;
    }

    @Override
    boolean isFixed() {
      return true;
    }

    @Override
    public JsonNode evaluate(Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      return value;
    }
  }

  /** The field of a step. */
  static final class Name extends Node {
    final String name;

    Name(String name) {
      this.name = name;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      return input instanceof ObjectNode object
          ? object.get(name)
          : Values.unwrap(Values.lookup(input, name, evaluation));
    }
  }

  /** {@code $}. */
  static final class Context extends Node {
    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      return input instanceof Items items && items.isWrapper()
          ? items.get(0)
          : Values.unwrap(input);
    }
  }

  /** A variable: of the frames around, the innermost that has it bound; else a global name. */
  static final class Variable extends Node {
    final String name;
    final Scope scope;
    private final int global;
    private final @Nullable JsonNode builtIn;
    private final boolean keepArray;
    private int[] hops = {};
    private int[] slots = {};

    Variable(String name, Scope scope, int global, @Nullable JsonNode builtIn, boolean keepArray) {
      this.name = name;
      this.scope = scope;
      this.global = global;
      this.builtIn = builtIn;
      this.keepArray = keepArray;
    }

    /** Finds its places, once all scopes are known. */
    void link() {
      var foundHops = new int[8];
      var foundSlots = new int[8];
      var count = 0;
      var hop = 0;
      for (Scope at = scope; at != null; at = at.parent) {
        if (!at.hasFrame()) {
          continue;
        }
        var slot = at.slot(name);
        if (slot >= 0) {
          if (count == foundHops.length) {
            foundHops = java.util.Arrays.copyOf(foundHops, 2 * count);
            foundSlots = java.util.Arrays.copyOf(foundSlots, 2 * count);
          }
          foundHops[count] = hop;
          foundSlots[count++] = slot;
        }
        hop++;
      }
      hops = java.util.Arrays.copyOf(foundHops, count);
      slots = java.util.Arrays.copyOf(foundSlots, count);
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var value = find(evaluation, frame);
      if (value instanceof Items items) {
        if (keepArray && items.isSequence()) {
          items.keepSingleton();
        }
        return items.unwrapped();
      }
      return value;
    }

    private @Nullable JsonNode find(Evaluation evaluation, Frame frame) {
      var at = frame;
      var hop = 0;
      for (var i = 0; i < hops.length; i++) {
        while (hop < hops[i]) {
          at = Objects.requireNonNull(at.parent);
          hop++;
        }
        var value = at.slots[slots[i]];
        if (value != null) {
          return value == Frame.UNDEFINED ? null : value;
        }
      }
      return global < 0 ? null : evaluation.global(global, name, builtIn);
    }
  }

  /** {@code *}. */
  static final class Wildcard extends Node {
    private final boolean keepArray;

    Wildcard(boolean keepArray) {
      this.keepArray = keepArray;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      var of = input instanceof Items items && items.isWrapper() ? items.get(0) : input;
      var found = Items.sequence();
      if (of instanceof ArrayNode || of instanceof ObjectNode) {
        for (var value : of) {
          if (value instanceof ArrayNode array) {
            flatten(array, found, evaluation);
            found.asPlain();
          } else {
            found.push(value, evaluation);
          }
          evaluation.step();
        }
      }
      if (keepArray && found.isSequence()) {
        found.keepSingleton();
      }
      return found.unwrapped();
    }

    private static void flatten(ArrayNode array, Items found, Evaluation evaluation) {
      for (var value : array) {
        evaluation.step();
        if (value instanceof ArrayNode inner) {
          evaluation.enter();
          flatten(inner, found, evaluation);
          evaluation.leave();
        } else {
          found.push(value, evaluation);
        }
      }
    }
  }

  /** {@code **}. */
  static final class Descendants extends Node {
    private final boolean keepArray;

    Descendants(boolean keepArray) {
      this.keepArray = keepArray;
    }

    @Override
    public @Nullable JsonNode evaluate(
        Evaluation evaluation, @Nullable JsonNode input, Frame frame) {
      if (input == null) {
        return null;
      }
      var found = Items.sequence();
      descend(input, found, evaluation);
      if (found.size() == 1) {
        return found.get(0);
      }
      if (keepArray) {
        found.keepSingleton();
      }
      return found.unwrapped();
    }

    private static void descend(JsonNode value, Items found, Evaluation evaluation) {
      evaluation.enter();
      if (!(value instanceof ArrayNode)) {
        found.push(value, evaluation);
      }
      if (value instanceof ArrayNode || value instanceof ObjectNode) {
        for (var child : value) {
          descend(child, found, evaluation);
        }
      }
      evaluation.leave();
    }
  }
}
