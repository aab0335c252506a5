package io.stepwise.fuzzing;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.fuzzing.input.Case;
import io.stepwise.fuzzing.input.Case.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a failing case small: whatever can be left out is, as long as the case still fails. JSON
 * within a string, such as a definition, is made small as JSON.
 */
final class Shrinker {
  private static final int TRIES_MAX = 600;

  private final Predicate<Case> fails;
  private int tries;

  Shrinker(Predicate<Case> fails) {
    this.fails = fails;
  }

  /** The smallest case found. */
  Case shrink(Case input) {
    var smallest = input;
    while (tries < TRIES_MAX) {
      var smaller = smaller(smallest);
      if (smaller.isEmpty()) {
        return smallest;
      }
      smallest = smaller.get();
    }
    return smallest;
  }

  private Optional<Case> smaller(Case input) {
    var steps = input.steps();
    for (var i = steps.size() - 1; i >= 0 && steps.size() > 1; i--) {
      var fewer = new ArrayList<>(steps);
      fewer.remove(i);
      if (holds(new Case(fewer))) {
        return Optional.of(new Case(fewer));
      }
    }
    for (var i = 0; i < steps.size(); i++) {
      for (var body : texts(steps.get(i).body())) {
        var changed = new ArrayList<>(steps);
        changed.set(i, new Step(steps.get(i).operation(), body));
        if (holds(new Case(changed))) {
          return Optional.of(new Case(changed));
        }
      }
    }
    return Optional.empty();
  }

  private boolean holds(Case input) {
    return tries++ < TRIES_MAX && fails.test(input);
  }

  /** Smaller texts: of JSON with something less, of others a part. */
  private static List<String> texts(String text) {
    var result = new ArrayList<String>();
    try {
      var tree = Json.parse(text);
      if (tree.isContainer()) {
        trees(tree, smaller -> result.add(Json.print(smaller)));
        return result;
      }
    } catch (InvalidJsonException e) {
      // A text like any other.
    }
    for (var part = text.length() / 2; part > 0; part /= 2) {
      for (var at = 0; at < text.length() && result.size() < 40; at += part) {
        result.add(text.substring(0, at) + text.substring(Math.min(text.length(), at + part)));
      }
    }
    return result;
  }

  private static void trees(JsonNode tree, Consumer<JsonNode> found) {
    switch (tree) {
      case ObjectNode object -> {
        for (var name : List.copyOf(object.propertyNames())) {
          var fewer = object.deepCopy();
          fewer.remove(name);
          found.accept(fewer);
        }
        object.forEachEntry(
            (name, value) ->
                trees(value, smaller -> found.accept(object.deepCopy().set(name, smaller))));
      }
      case ArrayNode array -> {
        for (var i = 0; i < array.size(); i++) {
          var fewer = array.deepCopy();
          fewer.remove(i);
          found.accept(fewer);
          var at = i;
          trees(array.get(i), smaller -> found.accept(array.deepCopy().set(at, smaller)));
        }
      }
      default -> {
        if (tree.isString()) {
          texts(tree.stringValue())
              .forEach(smaller -> found.accept(Json.nodes().stringNode(smaller)));
        }
      }
    }
  }
}
