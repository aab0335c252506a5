package io.stepwise.expression.jsonpath;

import io.stepwise.expression.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** One evaluation of an indefinite path. Order and corner cases are Jayway's. */
final class Walk {
  private final Step[] steps;
  private final JsonNode document;
  private final Budget budget;
  private final Conditions conditions;
  private final ArrayNode matches = Json.nodes().arrayNode();

  Walk(Step[] steps, JsonNode document, Budget budget) {
    this.steps = steps;
    this.document = document;
    this.budget = budget;
    this.conditions = new Conditions(document, budget);
  }

  /** Everything the steps lead to from {@code start}. */
  JsonNode collect(JsonNode start) {
    var last = steps.length == 0 ? null : steps[steps.length - 1];
    visit(start, 0);
    // A function at the end of an indefinite path looks at all matches together.
    if (last instanceof Step.Function function) {
      var value = function.function().apply(matches);
      return value == null ? Json.nodes().arrayNode() : value;
    }
    return matches;
  }

  private void visit(JsonNode node, int position) {
    budget.spend();
    if (position == steps.length || steps[position] instanceof Step.Function) {
      matches.add(node);
      return;
    }
    var next = position + 1;
    switch (steps[position]) {
      case Step.Name name -> visitIfPresent(node.get(name.name()), next);
      case Step.Index index -> visitIfPresent(Steps.at(node, index.index()), next);
      case Step.Names names -> visitNames(node, names, next);
      case Step.Indexes indexes -> {
        for (var index : indexes.indexes()) {
          visitIfPresent(Steps.at(node, index), next);
        }
      }
      case Step.Slice slice -> visitSlice(node, slice, next);
      case Step.Wildcard _ -> {
        for (var child : node) {
          visit(child, next);
        }
      }
      case Step.Filter filter -> visitFiltered(node, filter, next);
      case Step.DeepScan _ -> scan(node, next);
      case Step.Function _ -> throw new IllegalStateException("handled above");
    }
  }

  private void visitIfPresent(@Nullable JsonNode node, int position) {
    if (node != null) {
      visit(node, position);
    }
  }

  private void visitNames(JsonNode node, Step.Names step, int next) {
    if (next == steps.length) {
      visitIfPresent(Steps.members(node, step.names()), next);
      return;
    }
    for (var name : step.names()) {
      visitIfPresent(node.get(name), next);
    }
  }

  private void visitSlice(JsonNode node, Step.Slice slice, int next) {
    if (!node.isArray()) {
      return;
    }
    var length = node.size();
    var from = slice.from() == null ? 0 : slice.from();
    var to = slice.to() == null ? length : slice.to();
    // Jayway counts an open bound from the end once; with both bounds the indexes are as written.
    if (slice.to() == null) {
      from = Math.max(0, from < 0 ? length + from : from);
    } else if (slice.from() == null && to < 0) {
      to = length + to;
    }
    to = Math.min(length, to);
    for (var i = Math.max(from, -length); i < to; i++) {
      visitIfPresent(Steps.at(node, i), next);
    }
  }

  private void visitFiltered(JsonNode node, Step.Filter filter, int next) {
    if (node.isObject()) {
      if (conditions.hold(filter.predicate(), node)) {
        visit(node, next);
      }
    } else if (node.isArray()) {
      for (var child : node) {
        if (conditions.hold(filter.predicate(), child)) {
          visit(child, next);
        }
      }
    }
  }

  private void scan(JsonNode node, int position) {
    budget.spend();
    if (!node.isContainer()) {
      return;
    }
    if (accepts(node, steps[position])) {
      visit(node, position);
    }
    for (var child : node) {
      scan(child, position);
    }
  }

  private boolean accepts(JsonNode node, Step step) {
    return switch (step) {
      case Step.Name name -> node.isObject() && node.has(name.name());
      case Step.Names names ->
          node.isObject()
              && (steps[steps.length - 1] != step || names.names().stream().allMatch(node::has));
      case Step.Index _, Step.Indexes _, Step.Slice _ -> node.isArray();
      case Step.Filter filter -> conditions.hold(filter.predicate(), node);
      case Step.Wildcard _, Step.DeepScan _, Step.Function _ -> true;
    };
  }
}
