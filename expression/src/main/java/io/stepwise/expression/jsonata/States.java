package io.stepwise.expression.jsonata;

import io.stepwise.expression.Bindings;
import io.stepwise.expression.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code $states} of an expression that only looks up members of it: nothing is built. */
final class States extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private final transient Bindings bindings;

  private States(Bindings bindings) {
    super(Json.nodes(), Map.of());
    this.bindings = bindings;
  }

  /** As an expression with these facts sees it. */
  static JsonNode of(Bindings bindings, ExpressionFacts facts) {
    return facts.statesFields().contains("*") ? whole(bindings) : new States(bindings);
  }

  private static JsonNode whole(Bindings bindings) {
    var states = Json.nodes().objectNode();
    states.set("input", bindings.input());
    states.set("context", bindings.context());
    var result = bindings.result();
    if (result != null) {
      states.set("result", result);
    }
    var errorOutput = bindings.errorOutput();
    if (errorOutput != null) {
      states.set("errorOutput", errorOutput);
    }
    return states;
  }

  @Override
  public @Nullable JsonNode get(String name) {
    return switch (name) {
      case "input" -> bindings.input();
      case "context" -> bindings.context();
      case "result" -> bindings.result();
      case "errorOutput" -> bindings.errorOutput();
      default -> null;
    };
  }
}
