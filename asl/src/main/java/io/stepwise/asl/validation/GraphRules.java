package io.stepwise.asl.validation;

import io.stepwise.asl.model.StateType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules over graphs of states: names and labels are unique in the whole document, transitions
 * lead to states of the same graph, every state can be reached, some state ends the graph.
 *
 * <p>A state whose way on is broken counts as an end, so that one mistake is reported once. While a
 * graph has no end, its unreachable states are not reported, as on AWS.
 */
public final class GraphRules {
  private static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";

  private final Report report;
  private final Set<String> names = new HashSet<>();
  private final Set<String> labels = new HashSet<>();

  private GraphRules(Report report) {
    this.report = report;
  }

  /** Checks a whole definition. */
  public static void check(JsonNode machine, Place root, Report report) {
    new GraphRules(report).checkGraph(machine, root, null);
  }

  /** Checks a definition cut down to one state: its transitions may lead anywhere. */
  public static void checkAlone(JsonNode machine, Place root, Report report) {
    var rules = new GraphRules(report);
    rules.checkInside(machine.path("States"), root.field("States"), null);
  }

  private void checkGraph(JsonNode graph, Place place, @Nullable Scope outer) {
    var states = graph.path("States");
    if (!states.isObject() || states.isEmpty()) {
      return;
    }
    var statesPlace = place.field("States");
    for (var entry : states.properties()) {
      checkUnique(entry.getKey(), entry.getValue(), statesPlace.field(entry.getKey()));
    }
    checkTransitions(graph, states, place);
    checkInside(states, statesPlace, outer);
  }

  private void checkInside(JsonNode states, Place place, @Nullable Scope outer) {
    var scope = Scope.of(states, place, outer);
    for (var entry : states.properties()) {
      var statePlace = place.field(entry.getKey());
      checkNested(entry.getValue(), statePlace, scope.inside(entry.getKey()));
    }
  }

  private void checkUnique(String name, JsonNode state, Place place) {
    if (!names.add(name)) {
      place.error("DUPLICATE_STATE_NAME", "Duplicate State name: " + name);
    }
    var label = state.path("Label").asString("");
    if (!label.isEmpty() && !labels.add(label)) {
      place.field("Label").error("DUPLICATE_LABEL_NAME", "Duplicate Label name: " + label);
    }
  }

  private void checkTransitions(JsonNode graph, JsonNode states, Place place) {
    var startAt = graph.path("StartAt").asString("");
    var startKnown = states.has(startAt);
    if (!startKnown && graph.path("StartAt").isString()) {
      missing(startAt, states, place.field("StartAt"));
    }
    var hasEnd = false;
    for (var entry : states.properties()) {
      var statePlace = place.field("States").field(entry.getKey());
      for (var target : Targets.of(entry.getValue(), statePlace)) {
        if (!states.has(target.name())) {
          missing(target.name(), states, target.place());
        }
      }
      hasEnd |= ends(entry.getValue());
    }
    if (!hasEnd) {
      report.error("MISSING_END_STATE", "Workflow has no terminal state", null);
    } else if (graph.path("StartAt").isString()) {
      checkReachable(startAt, states, place);
    }
  }

  private static void missing(String target, JsonNode states, Place place) {
    place.errorOf(
        target, states.propertyNames(), MISSING_TARGET, "Missing 'Next' target: " + target);
  }

  private static boolean ends(JsonNode state) {
    var type = GraphSchema.typeOf(state);
    if (type == null) {
      return true;
    }
    return switch (type) {
      case SUCCEED, FAIL -> true;
      case CHOICE -> !state.path("Choices").isArray();
      case PASS, TASK, WAIT, PARALLEL, MAP ->
          !state.path("Next").isString() || state.path("End").asBoolean(false);
    };
  }

  private static void checkReachable(String startAt, JsonNode states, Place place) {
    Set<String> reached = new HashSet<>();
    var waiting = new ArrayDeque<String>();
    reached.add(startAt);
    waiting.add(startAt);
    while (!waiting.isEmpty()) {
      var name = waiting.remove();
      for (var target : Targets.of(states.path(name), place)) {
        if (states.has(target.name()) && reached.add(target.name())) {
          waiting.add(target.name());
        }
      }
    }
    for (var name : states.propertyNames()) {
      if (!reached.contains(name)) {
        place
            .field("States")
            .field(name)
            .error(MISSING_TARGET, "State \"" + name + "\" is not reachable.");
      }
    }
  }

  private void checkNested(JsonNode state, Place place, Scope scope) {
    var type = GraphSchema.typeOf(state);
    if (type == StateType.PARALLEL) {
      var branches = state.path("Branches");
      for (var i = 0; branches.isArray() && i < branches.size(); i++) {
        checkGraph(branches.get(i), place.field("Branches").element(i), scope);
      }
    } else if (type == StateType.MAP) {
      var field = processorField(state);
      if (field != null) {
        var processor = state.path(field);
        checkGraph(
            processor, place.field(field), GraphSchema.isDistributed(processor) ? null : scope);
      }
    }
  }

  /** The field that holds a Map's processor, or null. */
  public static @Nullable String processorField(JsonNode map) {
    return map.has("ItemProcessor") ? "ItemProcessor" : map.has("Iterator") ? "Iterator" : null;
  }

  /** Where a state may lead. */
  private record Targets(String name, Place place) {

    static List<Targets> of(JsonNode state, Place place) {
      List<Targets> targets = new ArrayList<>(2);
      for (var property : state.properties()) {
        var at = place.field(property.getKey());
        switch (property.getKey()) {
          case "Next", "Default" -> add(property.getValue(), at, targets);
          case "Choices", "Catch" -> {
            for (var i = 0; i < property.getValue().size(); i++) {
              add(property.getValue().path(i).path("Next"), at.element(i).field("Next"), targets);
            }
          }
          default -> {}
        }
      }
      return targets;
    }

    private static void add(JsonNode target, Place place, List<Targets> targets) {
      if (target.isString()) {
        targets.add(new Targets(target.stringValue(), place));
      }
    }
  }
}
