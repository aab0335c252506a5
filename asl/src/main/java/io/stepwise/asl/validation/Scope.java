package io.stepwise.asl.validation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The variables of one graph and of those around it. A graph may read but not assign what the
 * graphs around it assign, except what only the state that holds it assigns: that happens when the
 * inner graph is done.
 */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, String> assigners = new HashMap<>();
  private final Set<String> shared = new HashSet<>();
  private String holder = "";

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /**
   * The scope of a graph inside {@code outer}, or of its own. Reports every assignment to an outer
   * name.
   */
  static Scope of(JsonNode states, Place place, @Nullable Scope outer) {
    var scope = new Scope(outer);
    for (var entry : states.properties()) {
      var state = entry.getValue();
      var at = place.field(entry.getKey());
      scope.add(entry.getKey(), state, at);
      scope.addEach(entry.getKey(), state.path("Choices"), at.field("Choices"));
      scope.addEach(entry.getKey(), state.path("Catch"), at.field("Catch"));
    }
    return scope;
  }

  /** This scope as seen by the graphs inside one of its states. */
  Scope inside(String state) {
    holder = state;
    return this;
  }

  private void addEach(String state, JsonNode list, Place place) {
    for (var i = 0; list.isArray() && i < list.size(); i++) {
      add(state, list.get(i), place.element(i));
    }
  }

  private void add(String state, JsonNode object, Place place) {
    for (var key : object.path("Assign").propertyNames()) {
      var name = key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
      var other = assigners.putIfAbsent(name, state);
      if (other != null && !other.equals(state)) {
        shared.add(name);
      }
      if (outer != null && outer.assigns(name)) {
        place
            .field("Assign")
            .field(key)
            .error("Variable '" + name + "' is already assigned in an outer scope");
      }
    }
  }

  private boolean assigns(String name) {
    var assigner = assigners.get(name);
    return (assigner != null && (shared.contains(name) || !assigner.equals(holder)))
        || (outer != null && outer.assigns(name));
  }
}
