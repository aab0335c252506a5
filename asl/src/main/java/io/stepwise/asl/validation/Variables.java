package io.stepwise.asl.validation;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The scopes of variables: what a graph assigns is visible in the graphs inside it, which may read
 * but not assign it.
 */
final class Variables {
  private Variables() {}

  /**
   * The names visible to graphs inside this one: {@code outer} and what the states here assign.
   * Reports every assignment to an outer name.
   */
  static Set<String> assignedIn(JsonNode states, Place place, Set<String> outer) {
    Set<String> visible = new HashSet<>(outer);
    for (var entry : states.properties()) {
      var state = entry.getValue();
      var at = place.field(entry.getKey());
      add(state, at, outer, visible);
      addEach(state.path("Choices"), at.field("Choices"), outer, visible);
      addEach(state.path("Catch"), at.field("Catch"), outer, visible);
    }
    return visible;
  }

  private static void addEach(JsonNode list, Place place, Set<String> outer, Set<String> visible) {
    for (var i = 0; list.isArray() && i < list.size(); i++) {
      add(list.get(i), place.element(i), outer, visible);
    }
  }

  private static void add(JsonNode holder, Place place, Set<String> outer, Set<String> visible) {
    for (var key : holder.path("Assign").propertyNames()) {
      var name = key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
      visible.add(name);
      if (outer.contains(name)) {
        place
            .field("Assign")
            .field(key)
            .error("Variable '" + name + "' is already assigned in an outer scope");
      }
    }
  }
}
