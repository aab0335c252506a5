package io.stepwise.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Definitions as large as AWS takes them, in the shapes that a checker might stumble over. */
final class LargeDefinitions {
  /** Characters of a definition at most. */
  static final int LENGTH_MAX = 1_048_576;

  private static final int STATES = 5_000;

  /** Characters of one expression in a definition of the largest size. */
  private static final int ROOM = LENGTH_MAX - 200;

  private static final JsonMapper JSON = JsonMapper.shared();

  private LargeDefinitions() {}

  /** All of them, by what they are. */
  static Map<String, String> all() {
    var all = new LinkedHashMap<String, String>();
    all.put("5,000 states in a row, 1 MB", row("Pass", 100, true));
    all.put("5,000 tasks in a row, Retry and Catch", row("Task", 0, false));
    all.put("5,000 intrinsic functions", row("Intrinsic", 0, false));
    all.put("5,000 JSONata expressions", row("JSONata", 0, false));
    all.put("5,000 states in Parallels, 20 deep", nested(20));
    all.put("5,000 rules of one Choice", choice());
    all.put("5,000 states, each a Choice of two", choices());
    all.put("one JSONata expression of 1 MB", expression("[1" + ", 1".repeat(ROOM / 3) + "]"));
    all.put("one JSONata text of 1 MB", expression("'" + "x".repeat(ROOM) + "'"));
    return all;
  }

  private static ObjectNode state(String type) {
    return JSON.createObjectNode().put("Type", type);
  }

  private static String machine(ObjectNode machine, boolean isFilled) {
    if (isFilled) {
      machine.put("Comment", "");
      machine.put("Comment", "x".repeat(Math.max(0, LENGTH_MAX - machine.toString().length())));
    }
    return machine.toString();
  }

  private static String row(String kind, int padding, boolean isFilled) {
    var machine = JSON.createObjectNode().put("StartAt", "S0");
    var states = machine.putObject("States");
    for (var i = 0; i < STATES; i++) {
      var state = state(kind.equals("Task") ? "Task" : "Pass");
      switch (kind) {
        case "Task" -> {
          state.put("Resource", "arn:aws:states:::sqs:sendMessage");
          state.putArray("Retry").addObject().putArray("ErrorEquals").add("States.TaskFailed");
          var catcher = state.putArray("Catch").addObject().put("Next", "S" + (STATES - 1));
          catcher.putArray("ErrorEquals").add("States.ALL");
        }
        case "Intrinsic" ->
            state
                .putObject("Parameters")
                .put("v.$", "States.Format('{} {}', $.items[?(@.n > 1)].name, $$.State.Name)");
        case "JSONata" ->
            state
                .put("QueryLanguage", "JSONata")
                .putObject("Output")
                .put("v", "{% $sum($map($states.input.items, function($i) { $i.n * 2 })) %}");
        default -> state.put("Comment", "x".repeat(padding));
      }
      states.set(
          "S" + i, i + 1 < STATES ? state.put("Next", "S" + (i + 1)) : state.put("End", true));
    }
    return machine(machine, isFilled);
  }

  private static String nested(int depth) {
    var machine = JSON.createObjectNode();
    var graph = machine;
    var each = STATES / depth;
    for (var level = 0; level < depth; level++) {
      var name = "L" + level + "S";
      graph.put("StartAt", name + 0);
      var states = graph.putObject("States");
      for (var i = 0; i < each - 1; i++) {
        states.set(name + i, state("Pass").put("Next", name + (i + 1)));
      }
      var last = state(level + 1 < depth ? "Parallel" : "Pass").put("End", true);
      states.set(name + (each - 1), last);
      if (level + 1 < depth) {
        graph = last.putArray("Branches").addObject();
      }
    }
    return machine(machine, false);
  }

  private static String choice() {
    var machine = JSON.createObjectNode().put("StartAt", "C");
    var states = machine.putObject("States");
    var choice = states.putObject("C").put("Type", "Choice").put("Default", "E");
    var rules = choice.putArray("Choices");
    for (var i = 0; i < STATES; i++) {
      rules.addObject().put("Variable", "$.n").put("NumericEquals", i).put("Next", "E");
    }
    states.set("E", state("Succeed"));
    return machine(machine, false);
  }

  private static String choices() {
    var machine = JSON.createObjectNode().put("StartAt", "S0");
    var states = machine.putObject("States");
    for (var i = 0; i < STATES - 1; i++) {
      var choice = states.putObject("S" + i).put("Type", "Choice").put("Default", "S0");
      choice
          .putArray("Choices")
          .addObject()
          .put("Variable", "$.n")
          .put("IsPresent", true)
          .put("Next", "S" + (i + 1));
    }
    states.set("S" + (STATES - 1), state("Succeed"));
    return machine(machine, false);
  }

  private static String expression(String text) {
    var machine = JSON.createObjectNode().put("StartAt", "P").put("QueryLanguage", "JSONata");
    machine
        .putObject("States")
        .set("P", state("Pass").put("End", true).put("Output", "{% " + text + " %}"));
    return machine(machine, false);
  }
}
