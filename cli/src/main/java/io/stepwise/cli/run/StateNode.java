package io.stepwise.cli.run;

import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.engine.execution.FanOutPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state as a tree of a run shows it; entered again, it is shown once, with its visits. */
final class StateNode {
  /** How far a state got. */
  enum Phase {
    RUNNING,
    SUCCEEDED,
    FAILED,
    ABORTED
  }

  /** The name as a terminal may show it. */
  final String shownName;

  final String type;
  Phase phase = Phase.RUNNING;
  long enteredMillis;
  long exitedMillis;
  int visits;
  int attempts;
  @Nullable String error;
  FanOutPlan.@Nullable Kind fanOut;
  int total;
  int succeeded;
  int failed;

  /** The open branches or iterations, by index; closed branches stay, closed iterations go. */
  final Map<Integer, ScopeNode> scopes = new LinkedHashMap<>();

  StateNode(String name, String type) {
    this.shownName = DisplayText.escaped(name);
    this.type = type;
  }

  void enter(long millis) {
    visits++;
    phase = Phase.RUNNING;
    enteredMillis = millis;
    exitedMillis = 0;
    attempts = 0;
    error = null;
    succeeded = 0;
    failed = 0;
    scopes.clear();
  }

  void end(Phase how, long millis) {
    if (phase == Phase.RUNNING) {
      phase = how;
      exitedMillis = millis;
    }
  }

  /** Units: milliseconds. */
  long elapsed(long nowMillis) {
    return (exitedMillis == 0 ? nowMillis : exitedMillis) - enteredMillis;
  }

  /** A run through a graph: its states in the order in which they were first entered. */
  static final class ScopeNode {
    final @Nullable StateNode owner;
    final int index;
    private final Map<String, StateNode> states = new LinkedHashMap<>();
    @Nullable StateNode current;

    ScopeNode(@Nullable StateNode owner, int index) {
      this.owner = owner;
      this.index = index;
    }

    StateNode enter(String name, String type, long millis) {
      var node = states.computeIfAbsent(name, key -> new StateNode(key, type));
      node.enter(millis);
      current = node;
      return node;
    }

    List<StateNode> states() {
      return new ArrayList<>(states.values());
    }
  }
}
