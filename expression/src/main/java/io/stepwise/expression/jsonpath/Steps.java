package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Json;
import io.stepwise.jsonata.Pace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The steps of a path after its root, and the walk along them.
 *
 * <p>A definite walk is a loop without allocation. An indefinite one collects matches into an array
 * in document order, the way Jayway does, under a {@link Budget}.
 */
final class Steps {
  private final Step[] steps;
  private final boolean definite;

  Steps(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
    this.definite = isDefinite(this.steps);
  }

  private static boolean isDefinite(Step[] steps) {
    for (var i = 0; i < steps.length; i++) {
      // Several names at the end make one object, so they address one value.
      var merges = steps[i] instanceof Step.Names && i == steps.length - 1;
      if (!steps[i].isDefinite() && !merges && !(steps[i] instanceof Step.Function)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the steps lead to one value at most. */
  boolean isDefinite() {
    return definite;
  }

  /** Whether there are only names and indexes not below zero. */
  boolean isReference() {
    return Arrays.stream(steps)
        .allMatch(s -> s instanceof Step.Name || s instanceof Step.Index i && i.index() >= 0);
  }

  /** Number of steps. */
  int count() {
    return steps.length;
  }

  /** The step at {@code position}. */
  Step get(int position) {
    return steps[position];
  }

  /** The value below {@code root}; null where definite steps lead nowhere. */
  @Nullable JsonNode find(JsonNode root, Pace pace) {
    if (definite) {
      return findOne(root);
    }
    var budget = new Budget(pace);
    try {
      return findAll(root, root, budget);
    } finally {
      budget.ended();
    }
  }

  /** As above inside a filter: {@code document} is what {@code $} means there. */
  @Nullable JsonNode find(JsonNode start, JsonNode document, Budget budget) {
    return definite ? findOne(start) : findAll(start, document, budget);
  }

  private @Nullable JsonNode findOne(JsonNode start) {
    JsonNode node = start;
    for (var step : steps) {
      var next =
          switch (step) {
            case Step.Name name -> node.get(name.name());
            case Step.Index index -> at(node, index.index());
            case Step.Names names -> members(node, names.names());
            case Step.Function function -> function.function().apply(node);
            case Step.Indexes _, Step.Slice _, Step.Wildcard _, Step.DeepScan _, Step.Filter _ ->
                throw new IllegalStateException("not a definite step");
          };
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  /** All matches; none where something is missing on the way. Jayway would fail there, AWS not. */
  private JsonNode findAll(JsonNode start, JsonNode document, Budget budget) {
    var node = start;
    for (var step : steps) {
      if (!applies(step, node)) {
        return Json.nodes().arrayNode();
      }
      if (!step.isDefinite()) {
        break;
      }
      var next = step instanceof Step.Name name ? node.get(name.name()) : index(step, node);
      if (next == null) {
        return Json.nodes().arrayNode();
      }
      node = next;
    }
    return new Walk(steps, document, budget).collect(start);
  }

  private static @Nullable JsonNode index(Step step, JsonNode node) {
    return step instanceof Step.Index index ? at(node, index.index()) : null;
  }

  private static boolean applies(Step step, JsonNode node) {
    return switch (step) {
      case Step.Name _, Step.Names _ -> node.isObject();
      case Step.Index _, Step.Indexes _, Step.Slice _ -> node.isArray();
      case Step.Filter _ -> node.isContainer();
      case Step.Wildcard _, Step.DeepScan _, Step.Function _ -> true;
    };
  }

  /** The element at an index that may count from the end; null if there is none. */
  static @Nullable JsonNode at(JsonNode node, int index) {
    return node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
  }

  /** One object with those of the named members that exist; null if {@code node} is no object. */
  static @Nullable JsonNode members(JsonNode node, List<String> names) {
    if (!node.isObject()) {
      return null;
    }
    var merged = Json.nodes().objectNode();
    for (var name : names) {
      var member = node.get(name);
      if (member != null) {
        merged.set(name, member);
      }
    }
    return merged;
  }

  /** Whether the walk from {@code root} ends at an array index beyond the array's end. */
  boolean endsBeyondArray(JsonNode root) {
    JsonNode node = root;
    for (var step : steps) {
      if (step instanceof Step.Index index && node.isArray() && at(node, index.index()) == null) {
        return true;
      }
      var next = new Steps(List.of(step)).find(node, Pace.NONE);
      if (next == null) {
        return false;
      }
      node = next;
    }
    return false;
  }

  /** Why a definite walk from {@code root} leads nowhere, in Jayway's words. */
  String missing(JsonNode root) {
    var at = new StringBuilder("$");
    JsonNode node = root;
    for (var i = 0; i < steps.length; i++) {
      var step = steps[i];
      var last = i == steps.length - 1;
      if (!applies(step, node)) {
        return inapplicable(i, node, at);
      }
      at.append(step.text());
      var next = step.isDefinite() ? new Steps(List.of(step)).find(node, Pace.NONE) : null;
      if (next == null) {
        return step instanceof Step.Name && !last
            ? "Missing property in path " + at
            : "No results for path: " + this;
      }
      node = next;
    }
    return "No results for path: " + this;
  }

  private String inapplicable(int position, JsonNode node, CharSequence at) {
    var step = steps[position];
    if (step instanceof Step.Name || step instanceof Step.Names) {
      return ("Expected to find an object with property %s in path %s but found '%s'. This is not a"
              + " json object according to the JsonProvider:"
              + " 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.")
          .formatted(step.text(), at, javaType(node));
    }
    var filter = step instanceof Step.Filter;
    if (node.isNull() && !filter) {
      return "The path " + at + " is null";
    }
    return "Filter: %s %s. Current context is: %s"
        .formatted(
            text(position),
            filter ? "can not be applied to primitives" : "can only be applied to arrays",
            JavaText.of(node));
  }

  private static String javaType(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "java.util.ArrayList";
      case BOOLEAN -> "java.lang.Boolean";
      case STRING -> "java.lang.String";
      case NUMBER ->
          node.isInt()
              ? "java.lang.Integer"
              : node.isLong()
                  ? "java.lang.Long"
                  : node.isBigInteger() ? "java.math.BigInteger" : "java.lang.Double";
      default -> "null";
    };
  }

  /** The path from {@code $} in Jayway's bracket notation. */
  @Override
  public String toString() {
    return "$" + text(0);
  }

  private String text(int from) {
    var text = new StringBuilder();
    for (var step : Arrays.asList(steps).subList(from, steps.length)) {
      text.append(step.text());
    }
    return text.toString();
  }
}
