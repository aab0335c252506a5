package io.stepwise.engine.behavior;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.FanOutPlan;
import io.stepwise.engine.execution.Scope;
import io.stepwise.expression.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the Context object that an expression of a state sees. */
final class ContextObject {
  private ContextObject() {}

  /**
   * The Context object.
   *
   * @param taskToken token of the attempt in the making, or null
   */
  static JsonNode of(Execution execution, Scope scope, @Nullable String taskToken) {
    var header = execution.header();
    var context = Json.nodes().objectNode();
    var run = context.putObject("Execution");
    run.put("Id", header.arn().text());
    run.set("Input", header.input().tree());
    run.put("StartTime", Instant.ofEpochMilli(header.startMillis()).toString());
    run.put("Name", header.name());
    run.put("RoleArn", header.machine().roleArn());
    if (!header.synchronous()) {
      run.put("RedriveCount", execution.redriveCount());
    }
    if (execution.redriveMillis() > 0) {
      run.put("RedriveTime", Instant.ofEpochMilli(execution.redriveMillis()).toString());
    }
    var machine = context.putObject("StateMachine");
    machine.put("Id", header.machine().stateMachineArn().text());
    machine.put("Name", header.machine().name());
    putState(context, execution, scope);
    putItem(context, execution, scope);
    if (taskToken != null) {
      context.putObject("Task").put("Token", taskToken);
    }
    return context;
  }

  private static void putState(ObjectNode context, Execution execution, Scope scope) {
    var active = scope.active();
    if (active == null) {
      return;
    }
    var state = context.putObject("State");
    state.put("Name", active.name());
    state.put("EnteredTime", Instant.ofEpochMilli(active.enteredMillis()).toString());
    switch (execution.state(scope).type()) {
      case TASK, PARALLEL, MAP -> state.put("RetryCount", active.retryCount());
      case PASS, CHOICE, WAIT, SUCCEED, FAIL -> {}
    }
  }

  /** Puts the item of the innermost Map around the scope. */
  private static void putItem(ObjectNode context, Execution execution, Scope scope) {
    for (var current = scope; !current.isRoot(); current = execution.scope(current.parentId())) {
      var active = execution.scope(current.parentId()).active();
      var fanOut = active == null ? null : active.fanOut();
      if (fanOut != null && fanOut.plan().kind() == FanOutPlan.Kind.MAP) {
        putItem(context, fanOut, current.index());
        return;
      }
    }
  }

  private static void putItem(ObjectNode context, FanOut fanOut, int index) {
    putItem(context, index, fanOut.item(index).getKey(), fanOut.item(index).getValue());
  }

  /** Puts {@code Map.Item} of one item. */
  static void putItem(ObjectNode context, int index, @Nullable String key, JsonNode value) {
    var item = context.putObject("Map").putObject("Item");
    item.put("Index", index);
    if (key != null) {
      item.put("Key", key);
    }
    item.set("Value", value);
    item.put("Source", "STATE_DATA");
  }
}
