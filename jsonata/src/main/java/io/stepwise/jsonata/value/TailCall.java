package io.stepwise.jsonata.value;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A call that is the last thing a function does, made by that function's caller. */
public record TailCall(
    @Nullable JsonNode function,
    @Nullable JsonNode[] arguments,
    int position,
    @Nullable String token) {
  /** What a function hands back while its last call is still to be made. */
  static final JsonNode PENDING = MissingNode.getInstance();
}
