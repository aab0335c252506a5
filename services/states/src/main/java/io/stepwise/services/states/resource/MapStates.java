package io.stepwise.services.states.resource;

import io.stepwise.asl.model.MapState;
import io.stepwise.asl.model.ParallelState;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.asl.model.StateMachineDefinition;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Distributed Map states as AWS shows them: as state machines of their own, named by a label. */
public final class MapStates {
  private MapStates() {}

  /** The Map state of a label, or null. */
  public static @Nullable MapState find(StateMachineDefinition definition, String label) {
    for (var graph : definition.graphs()) {
      for (var state : graph.states().values()) {
        if (state instanceof MapState map
            && map.distributed() != null
            && map.distributed().label().equals(label)) {
          return map;
        }
      }
    }
    return null;
  }

  /** Its processor as a definition. */
  public static String text(MapState map) {
    return Objects.requireNonNull(map.distributed()).processorText();
  }

  /** Shows the variables that states read; of all, or of the states of a processor. */
  public static void putReferences(
      ObjectNode output, Map<String, Set<String>> references, @Nullable MapState processor) {
    var shown = new TreeMap<>(references);
    if (processor != null) {
      var inside = new HashSet<String>();
      collect(processor.processor(), inside);
      shown.keySet().retainAll(inside);
    }
    if (!shown.isEmpty()) {
      var node = output.putObject("variableReferences");
      shown.forEach(
          (state, names) -> {
            var list = node.putArray(state);
            new TreeSet<>(names).forEach(list::add);
          });
    }
  }

  private static void collect(StateGraph graph, Set<String> names) {
    graph
        .states()
        .forEach(
            (name, state) -> {
              names.add(name);
              if (state instanceof MapState map) {
                collect(map.processor(), names);
              } else if (state instanceof ParallelState parallel) {
                parallel.branches().forEach(branch -> collect(branch, names));
              }
            });
  }
}
