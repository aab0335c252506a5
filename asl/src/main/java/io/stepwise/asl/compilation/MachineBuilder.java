package io.stepwise.asl.compilation;

import io.stepwise.asl.model.QueryLanguage;
import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateGraph;
import io.stepwise.asl.model.StateMachineDefinition;
import io.stepwise.asl.validation.Languages;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds the model of one valid definition. */
public final class MachineBuilder {
  private final String text;
  private final JsonNode machine;
  private final QueryLanguage language;
  private final Map<Integer, StateGraph> graphs = new TreeMap<>();
  private int nextIndex;
  private @Nullable String textDigest;

  /** For a definition's text and the tree of it. */
  public MachineBuilder(String text, JsonNode machine) {
    this.text = text;
    this.machine = machine;
    this.language = Languages.of(machine, QueryLanguage.JSONPATH);
  }

  /** The model. */
  public StateMachineDefinition build() {
    graph(machine);
    var timeout = machine.path("TimeoutSeconds").asInt(0);
    return new StateMachineDefinition(
        text,
        new Fields(machine, language).textOrNull("Comment"),
        language,
        timeout > 0 ? OptionalInt.of(timeout) : OptionalInt.empty(),
        List.copyOf(graphs.values()));
  }

  /** The language of states that name none. */
  QueryLanguage language() {
    return language;
  }

  /** A name of this definition's text. */
  String textDigest() {
    var known = textDigest;
    if (known == null) {
      known = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
      textDigest = known;
    }
    return known;
  }

  /** Compiles a graph. Its index is taken before those of the graphs inside it. */
  StateGraph graph(JsonNode tree) {
    var index = nextIndex++;
    Map<String, State> states = new LinkedHashMap<>();
    for (var entry : tree.path("States").properties()) {
      var fields = new Fields(entry.getValue(), Languages.of(entry.getValue(), language));
      states.put(entry.getKey(), new StateBuilder(this, entry.getKey(), fields).build());
    }
    var graph =
        new StateGraph(
            index, tree.path("StartAt").asString(""), Collections.unmodifiableMap(states));
    graphs.put(index, graph);
    return graph;
  }
}
