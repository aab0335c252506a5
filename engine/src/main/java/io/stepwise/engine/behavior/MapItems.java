package io.stepwise.engine.behavior;

import io.stepwise.asl.model.DataFlow;
import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.MapState.ItemTemplate;
import io.stepwise.asl.model.ValueSource;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.EvaluationException;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a Map iterates over, and what each iteration is given. */
final class MapItems {
  private MapItems() {}

  /** The items: an array; for a Distributed Map an object will do as well. */
  static JsonNode of(Draft draft, Scope scope, MapState state) throws EvaluationException {
    var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
    var bindings = new StateBindings(draft, scope, effective);
    var source = state.items();
    var items = source == null ? effective.tree() : Values.evaluate(source, bindings);
    if (items.isArray() || (items.isObject() && state.distributed() != null)) {
      return items;
    }
    throw switch (state.dataFlow()) {
      case DataFlow.JsonPath jsonPath ->
          new EvaluationException(
              ErrorNames.RUNTIME,
              "Reference path \""
                  + (source instanceof ValueSource.FromPath(var field, var path)
                      ? shown(path.text())
                      : "$")
                  + "\" must point to array.");
      case DataFlow.Jsonata jsonata ->
          source instanceof ValueSource.FromJsonata(var field, var expression)
                  && expression.isExpression()
              ? Values.unexpectedType(expression.expressionText(), field, "array", items)
              : new EvaluationException(
                  ErrorNames.QUERY_EVALUATION_ERROR,
                  "Map state input must be an array but was: " + Json.print(items));
    };
  }

  /** AWS prints a path into the Context object as if it led into the input. */
  private static String shown(String path) {
    return path.startsWith("$$") ? path.substring(1) : path;
  }

  /** What the iteration of one item is given. */
  static Payload input(
      Draft draft, Scope scope, MapState state, int index, @Nullable String key, JsonNode value)
      throws EvaluationException {
    var selector = state.itemSelector();
    if (selector != null) {
      var effective = DataFlows.effectiveInput(draft, scope, state.dataFlow());
      var bindings = new StateBindings(draft, scope, effective).item(index, key, value);
      return Payload.of(evaluate(selector, bindings));
    }
    if (key == null) {
      return Payload.of(value);
    }
    var pair = Json.nodes().objectNode();
    pair.put("Key", key);
    pair.set("Value", value);
    return Payload.of(pair);
  }

  /** What the iteration at {@code index} of a running Map is given. */
  static Payload input(Draft draft, Scope scope, MapState state, FanOut fanOut, int index)
      throws EvaluationException {
    var item = fanOut.item(index);
    return input(draft, scope, state, index, item.getKey(), item.getValue());
  }

  /** Evaluates a template of either language. */
  static JsonNode evaluate(ItemTemplate template, Bindings bindings) throws EvaluationException {
    return switch (template) {
      case ItemTemplate.JsonPath(var field, var jsonPath) -> jsonPath.evaluate(bindings);
      case ItemTemplate.Jsonata(var field, var jsonata) -> jsonata.evaluate(bindings, field);
    };
  }
}
