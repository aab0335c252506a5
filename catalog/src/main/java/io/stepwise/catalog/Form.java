package io.stepwise.catalog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the resources of a table are written.
 *
 * @param <T> a resource
 */
public interface Form<T> {
  /** What a resource is found by. */
  String key(T value);

  /** A resource as JSON. */
  ObjectNode write(T value);

  /** The resource that JSON of this format stands for. */
  T read(JsonNode json);
}
