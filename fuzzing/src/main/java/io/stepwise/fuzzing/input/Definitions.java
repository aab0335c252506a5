package io.stepwise.fuzzing.input;

import io.stepwise.expression.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * State machines from a grammar of all state types in both query languages. Most are accepted; some
 * loop, so each has a time limit.
 */
final class Definitions {
  private static final String ARN = "arn:aws:states:us-east-1:123456789012:";

  private final Dice dice;
  private final Payloads payloads;
  private final JsonPaths paths;
  private final Jsonata jsonata;
  private final Texts texts;
  private int names;
  private boolean isAlone;

  Definitions(Dice dice) {
    this.dice = dice;
    this.payloads = new Payloads(dice);
    this.paths = new JsonPaths(dice);
    this.jsonata = new Jsonata(dice);
    this.texts = new Texts(dice);
  }

  /** The text of a definition. */
  String machine(boolean express) {
    isAlone = false;
    var machine = Json.nodes().objectNode();
    machine.put("TimeoutSeconds", dice.between(50, 100));
    if (dice.chance(40)) {
      machine.put("QueryLanguage", "JSONata");
    }
    graph(machine, dice.chance(1) ? 12 : 2, machine.has("QueryLanguage"), express);
    if (dice.chance(12)) {
      spoil(machine);
    }
    var text = Json.print(machine);
    return dice.chance(3) ? texts.mangled(text) : text;
  }

  /** The text of a single state. */
  String single() {
    isAlone = true; // nothing ends a test of a state before AWS's five minutes
    var state = state(null, dice.chance(50), false, 1);
    if (dice.chance(15)) {
      spoil(state);
    }
    return Json.print(state);
  }

  private void graph(ObjectNode graph, int depth, boolean isJsonata, boolean express) {
    var states = Json.nodes().objectNode();
    var count = dice.between(1, 4);
    var first = names;
    names += count;
    for (var i = 0; i < count; i++) {
      var next = i == count - 1 && dice.chance(95) ? null : "S" + (first + target(i, count));
      states.set("S" + (first + i), state(next, isJsonata, express, depth));
    }
    graph.put("StartAt", "S" + first);
    graph.set("States", states);
  }

  /** Mostly the next state, now and then any. */
  private int target(int from, int count) {
    return dice.chance(95) ? Math.min(from + 1, count - 1) : dice.below(count);
  }

  private ObjectNode state(@Nullable String next, boolean isJsonata, boolean express, int depth) {
    var jsonataHere = isJsonata || dice.chance(15);
    var state = Json.nodes().objectNode();
    if (jsonataHere != isJsonata) {
      state.put("QueryLanguage", "JSONata");
    }
    switch (dice.below(depth > 0 ? 11 : 8)) {
      case 0, 1, 2 -> pass(state, jsonataHere);
      case 3 -> waiting(state, jsonataHere);
      case 4, 5 -> task(state, jsonataHere, express);
      case 6 -> choice(state, next, jsonataHere);
      case 7 -> ending(state, next, jsonataHere);
      case 8 -> parallel(state, jsonataHere, isJsonata, express, depth - 1);
      default -> map(state, jsonataHere, isJsonata, express, depth - 1);
    }
    var type = state.get("Type").stringValue();
    if (!type.equals("Fail")) {
      flow(state, type, jsonataHere);
    }
    if (!type.equals("Fail") && !type.equals("Succeed") && !type.equals("Choice")) {
      if (next == null) {
        state.put("End", true);
      } else {
        state.put("Next", next);
      }
    }
    return state;
  }

  private void flow(ObjectNode state, String type, boolean isJsonata) {
    if (isJsonata) {
      if (dice.chance(50)) {
        state.set("Output", template(true, 2));
      }
    } else {
      if (dice.chance(20)) {
        state.put("InputPath", paths.path());
      }
      if (dice.chance(20)) {
        state.put("OutputPath", paths.path());
      }
    }
    if (!type.equals("Succeed") && dice.chance(25)) {
      var assign = state.putObject("Assign");
      var name = dice.chance(50) ? "v" : "v" + names;
      assign.set(isJsonata ? name : name + ".$", Json.nodes().stringNode(value(isJsonata)));
    }
    var hasResult = !type.equals("Choice") && !type.equals("Wait") && !type.equals("Succeed");
    if (hasResult && !isJsonata && dice.chance(30)) {
      state.put("ResultPath", paths.reference());
    }
  }

  private String value(boolean isJsonata) {
    return isJsonata ? jsonata.embedded() : paths.expression();
  }

  /** A payload template. */
  private JsonNode template(boolean isJsonata, int depth) {
    if (isJsonata && dice.chance(50)) {
      return Json.nodes().stringNode(jsonata.embedded());
    }
    var template = Json.nodes().objectNode();
    var size = dice.below(4);
    for (var i = 0; i < size; i++) {
      var name = Payloads.NAMES[i * 2 + dice.below(2)];
      switch (dice.below(4)) {
        case 0 -> template.set(name, payloads.value(1));
        case 1 ->
            template.set(name, depth > 0 ? template(isJsonata, depth - 1) : payloads.scalar());
        default -> template.put(isJsonata ? name : name + ".$", value(isJsonata));
      }
    }
    return template;
  }

  private void pass(ObjectNode state, boolean isJsonata) {
    state.put("Type", "Pass");
    if (!isJsonata && dice.chance(40)) {
      state.set("Result", payloads.value(2));
    }
    if (!isJsonata && dice.chance(50)) {
      state.set("Parameters", template(false, 2));
    }
  }

  private void waiting(ObjectNode state, boolean isJsonata) {
    state.put("Type", "Wait");
    switch (dice.below(6)) {
      case 0 ->
          state.put("Timestamp", dice.of("2016-03-14T01:59:00Z", "2026-11-23T12:34:56.789+02:00"));
      case 1 ->
          state.put(
              isJsonata ? "Timestamp" : "TimestampPath", isJsonata ? jsonata.embedded() : "$.when");
      case 2 ->
          state.put(isJsonata ? "Seconds" : "SecondsPath", isJsonata ? jsonata.embedded() : "$.n");
      default -> state.put("Seconds", dice.of(0, 1, 1, 2, isAlone ? 3 : 99_999_999));
    }
  }

  /** Parameters that an integration doesn't have are refused: few have them. */
  private ObjectNode keepSome(ObjectNode parameters) {
    return dice.chance(5) ? parameters : parameters.removeAll();
  }

  private void task(ObjectNode state, boolean isJsonata, boolean express) {
    state.put("Type", "Task");
    var resource =
        dice.of(
            "arn:aws:lambda:us-east-1:123456789012:function:f",
            "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::states:startExecution",
            "arn:aws:states:::aws-sdk:sfn:startExecution",
            "arn:aws:states:::sqs:sendMessage",
            ARN + "activity:world",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
    state.put("Resource", express && dice.chance(98) ? atOnce(resource) : resource);
    var arguments = template(isJsonata, 1);
    if (resource.contains("startExecution") && arguments instanceof ObjectNode object) {
      object.removeAll();
      object.put("StateMachineArn", ARN + "stateMachine:world");
    } else if (resource.contains("lambda:invoke") && arguments instanceof ObjectNode object) {
      var payload = object.deepCopy();
      keepSome(object).put("FunctionName", "f").set("Payload", payload);
    } else if (resource.contains("sqs") && arguments instanceof ObjectNode object) {
      var body = object.deepCopy();
      keepSome(object).put("QueueUrl", "q").set("MessageBody", body);
    }
    if (dice.chance(80)) {
      state.set(isJsonata ? "Arguments" : "Parameters", arguments);
    }
    if (dice.chance(60)) {
      state.put("TimeoutSeconds", dice.between(2, 30));
    }
    if (!isJsonata && dice.chance(30)) {
      state.set("ResultSelector", object(template(false, 1)));
    }
    errors(state);
  }

  /** What Express allows: nothing to wait for. */
  private static String atOnce(String resource) {
    return resource.contains(":activity:")
        ? "arn:aws:lambda:us-east-1:123456789012:function:f"
        : resource.replaceFirst("\\.(sync|wait).*", "");
  }

  private static JsonNode object(JsonNode template) {
    return template.isObject() ? template : Json.nodes().objectNode();
  }

  private void errors(ObjectNode state) {
    if (dice.chance(40)) {
      var retrier = state.putArray("Retry").addObject();
      retrier.putArray("ErrorEquals").add(dice.of("States.ALL", "States.TaskFailed", "X"));
      retrier.put("MaxAttempts", dice.of(0, 1, 3, 5)).put("BackoffRate", dice.of(1.0, 1.5, 2.0));
      retrier.put("IntervalSeconds", dice.between(1, 3));
      if (dice.chance(30)) {
        retrier.put("JitterStrategy", dice.of("FULL", "NONE")).put("MaxDelaySeconds", 5);
      }
    }
  }

  private void choice(ObjectNode state, @Nullable String next, boolean isJsonata) {
    state.put("Type", "Choice");
    var target = next == null ? "S" + dice.below(names + 1) : next;
    var rules = state.putArray("Choices");
    var count = dice.between(1, 3);
    for (var i = 0; i < count; i++) {
      var rule =
          isJsonata ? Json.nodes().objectNode().put("Condition", jsonata.embedded()) : rule(2);
      rules.add(rule.put("Next", target));
    }
    if (dice.chance(90)) {
      state.put("Default", target);
    }
  }

  private ObjectNode rule(int depth) {
    var rule = Json.nodes().objectNode();
    if (depth > 0 && dice.chance(25)) {
      var several = dice.of("And", "Or");
      if (dice.chance(30)) {
        rule.set("Not", rule(depth - 1));
      } else {
        rule.putArray(several).add(rule(depth - 1)).add(rule(depth - 1));
      }
      return rule;
    }
    rule.put("Variable", dice.chance(70) ? paths.reference() : paths.path());
    switch (dice.below(7)) {
      case 0 -> rule.put("NumericGreaterThan", dice.between(-5, 5));
      case 1 -> rule.put("StringMatches", dice.of("*", "a*b\\*", "\\", "*****a*****"));
      case 2 ->
          rule.put(dice.of("IsPresent", "IsNull", "IsNumeric", "IsTimestamp"), dice.chance(50));
      case 3 -> rule.put("TimestampLessThanPath", "$.when");
      case 4 -> rule.put("NumericEqualsPath", paths.path());
      case 5 -> rule.put("BooleanEquals", dice.chance(50));
      default -> rule.put("StringEquals", texts.awkward());
    }
    return rule;
  }

  private void ending(ObjectNode state, @Nullable String next, boolean isJsonata) {
    if (next != null) {
      pass(state, isJsonata);
    } else if (dice.chance(50)) {
      state.put("Type", "Succeed");
    } else {
      state.put("Type", "Fail").put("Error", texts.awkward());
      if (isJsonata) {
        state.put("Cause", jsonata.embedded());
      } else {
        state.put("CausePath", dice.chance(50) ? "$.text" : "States.Format('{}', $.a)");
      }
    }
  }

  private void parallel(
      ObjectNode state, boolean isJsonata, boolean isMachineJsonata, boolean express, int depth) {
    state.put("Type", "Parallel");
    var branches = state.putArray("Branches");
    var count = dice.between(1, 3);
    for (var i = 0; i < count; i++) {
      graph(
          branches.addObject(),
          depth > 4 ? depth - 1 : dice.below(depth + 1),
          isMachineJsonata,
          express);
    }
    if (dice.chance(30)) {
      state.set(isJsonata ? "Arguments" : "Parameters", template(isJsonata, 1));
    }
    errors(state);
  }

  private void map(
      ObjectNode state, boolean isJsonata, boolean isMachineJsonata, boolean express, int depth) {
    state.put("Type", "Map");
    var processor = state.putObject("ItemProcessor");
    if (!express && dice.chance(20)) {
      processor
          .putObject("ProcessorConfig")
          .put("Mode", "DISTRIBUTED")
          .put("ExecutionType", dice.of("STANDARD", "EXPRESS"));
      if (dice.chance(30)) {
        state.putObject("ItemBatcher").put("MaxItemsPerBatch", dice.between(1, 3));
      }
      state.put("ToleratedFailurePercentage", dice.between(0, 100));
    }
    graph(processor, dice.below(depth + 1), isMachineJsonata, express);
    if (isJsonata) {
      if (dice.chance(80)) {
        state.put("Items", dice.chance(70) ? "{% [1,2,3] %}" : jsonata.embedded());
      }
    } else if (dice.chance(80)) {
      state.put("ItemsPath", dice.chance(80) ? "$.items" : paths.path());
    }
    if (dice.chance(30)) {
      state.set("ItemSelector", object(template(isJsonata, 1)));
    }
    if (dice.chance(30)) {
      state.put("MaxConcurrency", dice.below(4));
    }
    errors(state);
  }

  /** One place is left out, exchanged or added. */
  private void spoil(JsonNode tree) {
    var place = tree;
    while (place.isContainer() && !place.isEmpty() && dice.chance(75)) {
      var children = place.valueStream().filter(JsonNode::isContainer).toList();
      if (children.isEmpty()) {
        break;
      }
      place = dice.of(children);
    }
    if (place instanceof ObjectNode object && !object.isEmpty()) {
      var name = dice.of(object.propertyStream().map(Map.Entry::getKey).toList());
      switch (dice.below(4)) {
        case 0 -> object.remove(name);
        case 1 ->
            object.set(
                dice.of("X", "Next", "End", "ItemReader", "Iterator", "Catch"), payloads.value(2));
        default -> object.set(name, payloads.value(2));
      }
    }
  }
}
