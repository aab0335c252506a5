package io.stepwise.engine.behavior;

import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.Bindings;
import io.stepwise.expression.Moment;
import io.stepwise.expression.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the expressions of a state see. In JSONPath {@code $} is another value from field to field;
 * in JSONata it is always the raw input. Built per field, computed lazily.
 */
final class StateBindings implements Bindings {
  private final Draft draft;
  private final Scope scope;
  private final Payload input;
  private @Nullable Payload result;
  private @Nullable JsonNode errorOutput;
  private @Nullable String taskToken;
  private int itemIndex = -1;
  private @Nullable String itemKey;
  private @Nullable JsonNode itemValue;
  private @Nullable JsonNode context;

  /** With {@code input} as {@code $}. */
  StateBindings(Draft draft, Scope scope, Payload input) {
    this.draft = draft;
    this.scope = scope;
    this.input = input;
  }

  /** With {@code $states.result}. */
  StateBindings result(Payload result) {
    this.result = result;
    return this;
  }

  /** With {@code $states.errorOutput}. */
  StateBindings errorOutput(JsonNode errorOutput) {
    this.errorOutput = errorOutput;
    return this;
  }

  /** With {@code Task.Token} in the Context object. */
  StateBindings taskToken(@Nullable String taskToken) {
    this.taskToken = taskToken;
    return this;
  }

  /** With {@code Map.Item} in the Context object. */
  StateBindings item(int index, @Nullable String key, JsonNode value) {
    this.itemIndex = index;
    this.itemKey = key;
    this.itemValue = value;
    return this;
  }

  @Override
  public JsonNode input() {
    return input.tree();
  }

  @Override
  public JsonNode context() {
    var known = context;
    if (known == null) {
      var inspector = draft.inspector();
      known =
          inspector == null
              ? ContextObject.of(draft.execution(), scope, taskToken)
              : inspector.context(taskToken);
      if (itemValue != null) {
        ContextObject.putItem((ObjectNode) known, itemIndex, itemKey, itemValue);
      }
      context = known;
    }
    return known;
  }

  @Override
  public @Nullable JsonNode variable(String name) {
    var value = draft.execution().variable(scope, name);
    return value == null ? null : value.tree();
  }

  @Override
  public @Nullable JsonNode result() {
    var known = result;
    return known == null ? null : known.tree();
  }

  @Override
  public @Nullable JsonNode errorOutput() {
    return errorOutput;
  }

  @Override
  public Moment moment() {
    return draft.moment();
  }
}
