package io.stepwise.jsonata;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values of the variables that an expression refers to and doesn't bind itself. */
@FunctionalInterface
public interface Variables {
  /** None. */
  Variables NONE = _ -> null;

  /** The value of {@code $name}; null where it has none. */
  @Nullable JsonNode get(String name);
}
