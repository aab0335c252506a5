package io.stepwise.expression;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an expression may see while it is evaluated. Implementations compute lazily: an expression
 * that never looks at the Context object does not pay for it.
 */
public interface Bindings {
  /** {@code $} in JSONPath; {@code $states.input} in JSONata. */
  JsonNode input();

  /** The Context object: {@code $$} in JSONPath, {@code $states.context} in JSONata. */
  JsonNode context();

  /** The value of a workflow variable, or null where none of that name is visible. */
  @Nullable JsonNode variable(String name);

  /** {@code $states.result}, or null where the field may not see a result. JSONata only. */
  default @Nullable JsonNode result() {
    return null;
  }

  /** {@code $states.errorOutput}, or null outside a catcher. JSONata only. */
  default @Nullable JsonNode errorOutput() {
    return null;
  }

  /** Time and randomness of the decision. */
  Moment moment();
}
