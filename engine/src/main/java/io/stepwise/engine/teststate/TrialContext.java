package io.stepwise.engine.teststate;

import io.stepwise.asl.model.MapState;
import io.stepwise.expression.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes up the Context object of a state under test. */
final class TrialContext {
  /** AWS says so whatever the state is called. */
  private static final String STATE_NAME = "StateName";

  private TrialContext() {}

  /** The client's Context object, or one made up; inside a Map with an item in either case. */
  static ObjectNode of(TrialSetup setup, long enteredMillis, @Nullable String taskToken) {
    var given = setup.context();
    var context = given == null ? madeUp(setup, enteredMillis) : given.deepCopy();
    if (given == null && taskToken != null) {
      context.putObject("Task").put("Token", taskToken);
    }
    if (!context.has("Map") && isInMap(setup)) {
      var item = context.putObject("Map").putObject("Item");
      item.put("Index", 0);
      item.set("Value", setup.header().input().tree());
    }
    return context;
  }

  private static ObjectNode madeUp(TrialSetup setup, long enteredMillis) {
    var header = setup.header();
    var context = Json.nodes().objectNode();
    var execution = context.putObject("Execution");
    execution.put("Id", header.arn().text());
    execution.set("Input", header.input().tree());
    execution.put("StartTime", Instant.ofEpochMilli(header.startMillis()).toString());
    execution.put("Name", header.name());
    execution.put("RoleArn", setup.roleArn());
    var machine = context.putObject("StateMachine");
    machine.put("Id", header.machine().stateMachineArn().text());
    machine.put("Name", header.machine().name());
    var state = context.putObject("State");
    state.put("Name", STATE_NAME);
    state.put("EnteredTime", Instant.ofEpochMilli(enteredMillis).toString());
    switch (setup.state().type()) {
      case TASK, PARALLEL, MAP -> state.put("RetryCount", setup.retryCount());
      case PASS, CHOICE, WAIT, SUCCEED, FAIL -> {}
    }
    return context;
  }

  private static boolean isInMap(TrialSetup setup) {
    var index = setup.header().graphIndex();
    return setup.header().machine().definition().graphs().stream()
        .flatMap(graph -> graph.states().values().stream())
        .anyMatch(state -> state instanceof MapState map && map.processor().index() == index);
  }
}
