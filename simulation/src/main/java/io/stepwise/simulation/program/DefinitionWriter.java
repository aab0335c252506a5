package io.stepwise.simulation.program;

import io.stepwise.expression.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes programs as definitions. The data of every state is {@code {"v": number}}. */
public final class DefinitionWriter {
  private static final String ARN = "arn:aws:states:us-east-1:123456789012:";

  private int states;

  private DefinitionWriter() {}

  /** The definition of a program. */
  public static String write(List<Step> program) {
    var machine = Json.nodes().objectNode();
    new DefinitionWriter().graph(machine, program);
    return Json.print(machine);
  }

  private void graph(ObjectNode graph, List<Step> program) {
    var all = Json.nodes().objectNode();
    graph.put("StartAt", sequence(all, program, null));
    graph.set("States", all);
  }

  /** Writes states from the last to the first; returns the name of the first. */
  private String sequence(ObjectNode all, List<Step> steps, @Nullable String next) {
    var following = next;
    for (var step : steps.reversed()) {
      following = step(all, step, following);
    }
    if (following == null) {
      throw new IllegalArgumentException("Expected at least one step");
    }
    return following;
  }

  private String step(ObjectNode all, Step step, @Nullable String next) {
    return switch (step) {
      case Step.Add add -> add(all, add, next);
      case Step.Pause(var seconds) -> {
        var state = state("Wait", next);
        state.put("Seconds", seconds);
        yield put(all, state);
      }
      case Step.Choose choose -> {
        var join = next == null ? put(all, state("Pass", null)) : next;
        var below = sequence(all, choose.below(), join);
        var otherwise = sequence(all, choose.otherwise(), join);
        var state = Json.nodes().objectNode().put("Type", "Choice").put("Default", otherwise);
        state
            .putArray("Choices")
            .addObject()
            .put("Variable", "$.v")
            .put("NumericLessThan", choose.bound())
            .put("Next", below);
        yield put(all, state);
      }
      case Step.Call call -> call(all, call, next);
      case Step.Both(var left, var right) -> {
        var state = state("Parallel", bounded(all, next));
        var branches = state.putArray("Branches");
        graph(branches.addObject(), left);
        graph(branches.addObject(), right);
        sum(state, "States.MathAdd($[0].v, $[1].v)");
        yield put(all, state);
      }
      case Step.Broken broken -> broken(all, broken, next);
      case Step.Each each -> {
        var state = map(bounded(all, next), each.mode(), each.concurrency());
        graph((ObjectNode) state.get("ItemProcessor"), each.body());
        sum(state, "States.MathAdd($[0].v, States.MathAdd($[1].v, $[2].v))");
        yield items(all, put(all, state));
      }
      case Step.Nested(var machine, var program) -> {
        var state = state("Task", next);
        state.put("Resource", "arn:aws:states:::states:startExecution.sync:2");
        var parameters = state.putObject("Parameters");
        parameters.put("StateMachineArn", ARN + "stateMachine:" + machine);
        parameters.putObject("Input").put("v.$", "$.v");
        sum(state, "$.Output.v");
        yield put(all, state);
      }
    };
  }

  /** A Pass state, in JSONata, that keeps sums small. */
  private String bounded(ObjectNode all, @Nullable String next) {
    var state = state("Pass", next);
    state.put("QueryLanguage", "JSONata");
    state.putObject("Output").put("v", "{% $states.input.v % " + Reference.BOUND + " %}");
    return put(all, state);
  }

  private String add(ObjectNode all, Step.Add add, @Nullable String next) {
    var sum = "States.MathAdd($.v, " + add.amount() + ")";
    switch (add.style()) {
      case JSONPATH -> {
        var state = state("Pass", next);
        state.putObject("Parameters").put("v.$", sum);
        return put(all, state);
      }
      case JSONATA -> {
        var state = state("Pass", next);
        state.put("QueryLanguage", "JSONata");
        state.putObject("Output").put("v", "{% $states.input.v + " + add.amount() + " %}");
        return put(all, state);
      }
      case VARIABLE -> {
        var variable = "x" + states;
        var second = state("Pass", next);
        second.putObject("Parameters").put("v.$", "$" + variable);
        var first = state("Pass", put(all, second));
        first.putObject("Assign").put(variable + ".$", sum);
        return put(all, first);
      }
    }
    throw new IllegalStateException("Expected a known style");
  }

  private String call(ObjectNode all, Step.Call call, @Nullable String next) {
    var state = state("Task", next);
    state.put(
        "Resource",
        switch (call.kind()) {
          case LAMBDA -> "arn:aws:lambda:us-east-1:123456789012:function:f";
          case SERVICE -> "arn:aws:states:::sqs:sendMessage";
          case CALLBACK -> "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
          case JOB -> "arn:aws:states:::batch:submitJob.sync";
          case ACTIVITY -> ARN + "activity:work";
        });
    var parameters = state.putObject("Parameters");
    parameters.put("v.$", "$.v").put("amount", call.amount());
    // Timeouts are retried too and count as tries, so what is hopeless must be so for long.
    parameters.put("failures", call.isHopeless() ? 1_000 : call.failures());
    parameters.put("silent", call.silent()).put("try.$", "$$.State.RetryCount");
    if (call.kind() == Step.Kind.CALLBACK) {
      parameters.put("token.$", "$$.Task.Token");
    }
    var retry = state.putArray("Retry");
    retry
        .addObject()
        .put("MaxAttempts", Step.Call.RETRIES)
        .put("BackoffRate", 1.5)
        .putArray("ErrorEquals")
        .add("Flaky");
    // A connector that fails is tried again, however often it does.
    retry
        .addObject()
        .put("MaxAttempts", 999)
        .putArray("ErrorEquals")
        .add("Stepwise.ConnectorFault");
    if (call.silent()) {
      state.put(call.kind() == Step.Kind.CALLBACK ? "HeartbeatSeconds" : "TimeoutSeconds", 20);
    } else if (call.kind() == Step.Kind.ACTIVITY) {
      // A worker may die with the task it took: only a timeout brings that to light.
      state.put("TimeoutSeconds", 500);
      retry.addObject().put("MaxAttempts", 50).putArray("ErrorEquals").add("States.Timeout");
    }
    fallback(all, state, call.fallback(), call.silent() ? "States.Timeout" : "States.ALL", next);
    return put(all, state);
  }

  private String broken(ObjectNode all, Step.Broken broken, @Nullable String next) {
    if (!broken.map()) {
      var state = state("Parallel", next);
      var branches = state.putArray("Branches");
      graph(branches.addObject(), broken.healthy());
      failing(branches.addObject());
      fallback(all, state, broken.fallback(), "States.ALL", next);
      return put(all, state);
    }
    var mode = broken.distributed() ? Step.Mode.STANDARD : Step.Mode.INLINE;
    var state = map(next, mode, 0);
    var processor = (ObjectNode) state.get("ItemProcessor");
    failing(processor);
    // Items below the failing ones run the healthy steps, and are stopped in the middle of them.
    var inner = (ObjectNode) processor.get("States");
    var healthy = sequence(inner, broken.healthy(), null);
    var choice = Json.nodes().objectNode().put("Type", "Choice");
    choice.put("Default", processor.get("StartAt").stringValue());
    choice
        .putArray("Choices")
        .addObject()
        .put("Variable", "$.item")
        .put("NumericLessThan", 2)
        .put("Next", healthy);
    processor.put("StartAt", put(inner, choice));
    ((ObjectNode) state.get("ItemSelector")).put("item.$", "$$.Map.Item.Value");
    fallback(all, state, broken.fallback(), "States.ALL", next);
    return items(all, put(all, state));
  }

  private void failing(ObjectNode graph) {
    var inner = Json.nodes().objectNode();
    var fail = put(inner, Json.nodes().objectNode().put("Type", "Fail").put("Error", "Broken"));
    var pause = state("Wait", fail);
    pause.put("Seconds", 5);
    graph.put("StartAt", put(inner, pause));
    graph.set("States", inner);
  }

  private ObjectNode map(@Nullable String next, Step.Mode mode, int concurrency) {
    var state = state("Map", next);
    state.put("ItemsPath", "$.items").put("MaxConcurrency", concurrency);
    state.putObject("ItemSelector").put("v.$", "States.MathAdd($.v, $$.Map.Item.Value)");
    var processor = state.putObject("ItemProcessor");
    if (mode != Step.Mode.INLINE) {
      processor
          .putObject("ProcessorConfig")
          .put("Mode", "DISTRIBUTED")
          .put("ExecutionType", mode.name());
    }
    return state;
  }

  /** A Pass state before a Map that gives it three items. */
  private String items(ObjectNode all, String map) {
    var state = state("Pass", map);
    var parameters = state.putObject("Parameters").put("v.$", "$.v");
    parameters.putArray("items").add(0).add(1).add(2);
    return put(all, state);
  }

  private void fallback(
      ObjectNode all, ObjectNode state, int amount, String error, @Nullable String next) {
    var caught = add(all, new Step.Add(amount, Step.Style.JSONPATH), next);
    var catcher = state.putArray("Catch").addObject().put("Next", caught);
    catcher.putArray("ErrorEquals").add(error);
    catcher.putNull("ResultPath");
  }

  private static void sum(ObjectNode state, String expression) {
    state.putObject("ResultSelector").put("v.$", expression);
  }

  private static ObjectNode state(String type, @Nullable String next) {
    var state = Json.nodes().objectNode().put("Type", type);
    if (next == null) {
      state.put("End", true);
    } else {
      state.put("Next", next);
    }
    return state;
  }

  private String put(ObjectNode all, ObjectNode state) {
    var name = state.get("Type").stringValue() + states++;
    all.set(name, state);
    return name;
  }
}
