package io.stepwise.fuzzing.input;

import io.stepwise.expression.Json;
import io.stepwise.fuzzing.input.Case.Step;
import io.stepwise.protocol.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the cases of a run. A case depends on the seed and its number only, so each can be made
 * again alone.
 */
public final class Cases {
  private static final String ARN = "arn:aws:states:us-east-1:123456789012:";
  private static final String ROLE = "arn:aws:iam::123456789012:role/r";
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String WORK =
      "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"TimeoutSeconds\":900,"
          + "\"Resource\":\""
          + ARN
          + "activity:%s\",\"End\":true}}}";

  private static final List<String> CALL_FIELDS =
      List.of("Qualifier", "InvocationType", "LogType", "ClientContext", "Payload");
  private static final List<String> CALL_WORDS =
      List.of("live", "1", "Event", "RequestResponse", "Tail", "None", "e30=", "a\r\nX-Evil: 1");
  private static final String CALL =
      "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
          + "\"TimeoutSeconds\":600,\"Resource\":\"arn:aws:states:::lambda:invoke\","
          + "\"Parameters\":{\"FunctionName.$\":\"$.FunctionName\",\"Qualifier.$\":\"$.Qualifier\","
          + "\"InvocationType.$\":\"$.InvocationType\",\"LogType.$\":\"$.LogType\","
          + "\"ClientContext.$\":\"$.ClientContext\",\"Payload.$\":\"$.Payload\"}}}}";
  private static final String CALL_BY_ARN =
      "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
          + "\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:"
          + "a\\nstepwise_forged 1\\n2026-01-01 forged\"}}}";

  private final long seed;
  private final List<Map.Entry<String, Shape>> operations;

  /** Cases of a seed, for operations and the shapes of their inputs. */
  public Cases(long seed, SortedMap<String, Shape> shapes) {
    this.seed = seed;
    this.operations = List.copyOf(shapes.entrySet());
  }

  /** What the requests of other cases speak of; to be sent now and then, as cases delete it. */
  public static Case world() {
    return new Case(
        List.of(
            new Step("CreateActivity", Json.print(object().put("name", "world"))),
            create("world", PASS, "STANDARD", true),
            create("world-express", PASS, "EXPRESS", true),
            new Step(
                "StartExecution",
                Json.print(
                    object()
                        .put("stateMachineArn", ARN + "stateMachine:world")
                        .put("name", "one"))),
            new Step(
                "CreateStateMachineAlias",
                "{\"name\":\"live\",\"routingConfiguration\":[{\"weight\":100,"
                    + "\"stateMachineVersionArn\":\""
                    + ARN
                    + "stateMachine:world:1\"}]}")));
  }

  /** A normal execution, to be answered with {@code SUCCEEDED}. */
  public static Case ordinary(long number) {
    var machine = object().put("stateMachineArn", ARN + "stateMachine:ordinary");
    return new Case(
        List.of(
            create("ordinary", PASS, "STANDARD", false),
            new Step("StartExecution", Json.print(machine.put("name", "o" + number)))));
  }

  /** The case of a number. */
  public Case at(long number) {
    var dice = Dice.of(seed, number);
    var kind = dice.below(100);
    if (kind < 56) {
      var operation = dice.of(operations);
      var body = new Requests(dice).body(operation.getValue());
      return new Case(List.of(new Step(operation.getKey(), body)));
    }
    if (kind < 78) {
      return express(dice, "f" + number);
    }
    if (kind < 86) {
      return standard(dice, "f" + number);
    }
    if (kind < 89) {
      return new Case(List.of(validate(dice)));
    }
    if (kind < 92) {
      return call(dice, "f" + number);
    }
    return kind < 99 ? new Case(List.of(trial(dice))) : activity(dice, "f" + number);
  }

  private static Case express(Dice dice, String name) {
    return new Case(
        List.of(
            create(name, new Definitions(dice).machine(true), "EXPRESS", false),
            new Step("StartSyncExecution", start(dice)),
            new Step("DeleteStateMachine", machine())));
  }

  private static Case standard(Dice dice, String name) {
    var execution = "{\"executionArn\":\"@executionArn@\"}";
    return new Case(
        List.of(
            create(name, new Definitions(dice).machine(false), "STANDARD", false),
            new Step("StartExecution", start(dice)),
            new Step("GetExecutionHistory", execution),
            new Step("DescribeExecution", execution),
            new Step("ListMapRuns", execution),
            new Step("StopExecution", execution),
            new Step("GetExecutionHistory", execution),
            new Step("RedriveExecution", execution),
            new Step("StopExecution", execution),
            new Step("DeleteStateMachine", machine())));
  }

  /** A function is called with what hostile input makes of the call. */
  private static Case call(Dice dice, String name) {
    var execution = "{\"executionArn\":\"@executionArn@\"}";
    var input = object();
    for (var field : CALL_FIELDS) {
      input.put(field, dice.chance(40) ? dice.of(CALL_WORDS) : new Texts(dice).awkward());
    }
    input.put("FunctionName", dice.chance(70) ? "f" : new Texts(dice).awkward());
    var start =
        object().put("stateMachineArn", "@stateMachineArn@").put("input", Json.print(input));
    return new Case(
        List.of(
            create(name, dice.chance(80) ? CALL : CALL_BY_ARN, "STANDARD", false),
            new Step("StartExecution", Json.print(start)),
            new Step("GetExecutionHistory", execution),
            new Step("StopExecution", execution),
            new Step("DeleteStateMachine", machine())));
  }

  private static Step validate(Dice dice) {
    var input = object().put("definition", new Definitions(dice).machine(dice.chance(50)));
    if (dice.chance(30)) {
      input.put("type", dice.of("STANDARD", "EXPRESS")).put("severity", "WARNING");
    }
    return new Step("ValidateStateMachineDefinition", Json.print(input));
  }

  private static Step trial(Dice dice) {
    var payloads = new Payloads(dice);
    var input = object().put("definition", new Definitions(dice).single());
    input.put("input", Json.print(payloads.input())).put("roleArn", ROLE);
    input.put("inspectionLevel", dice.of("INFO", "DEBUG", "TRACE"));
    if (dice.chance(30)) {
      input.put("variables", "{\"v\":" + Json.print(payloads.value(2)) + "}");
    }
    if (dice.chance(40)) {
      var mock = input.putObject("mock");
      if (dice.chance(70)) {
        mock.put("result", Json.print(payloads.value(3)));
      } else {
        mock.putObject("errorOutput").put("error", new Texts(dice).awkward());
      }
      mock.put("fieldValidationMode", dice.of("STRICT", "PRESENT", "NONE"));
      if (dice.chance(20)) {
        input.putObject("stateConfiguration").put("retrierRetryCount", dice.between(0, 5));
      }
    }
    return new Step("TestState", Json.print(input));
  }

  private static Case activity(Dice dice, String name) {
    var steps = new ArrayList<Step>();
    steps.add(new Step("CreateActivity", Json.print(object().put("name", name))));
    steps.add(create(name, WORK.formatted(name), "STANDARD", false));
    steps.add(new Step("StartExecution", start(dice)));
    steps.add(
        new Step(
            "GetActivityTask", Json.print(object().put("activityArn", ARN + "activity:" + name))));
    var token = object().put("taskToken", "@taskToken@");
    steps.add(new Step("SendTaskHeartbeat", Json.print(token)));
    var payload = new Payloads(dice).value(3);
    steps.add(
        dice.chance(60)
            ? new Step(
                "SendTaskSuccess",
                Json.print(
                    token.put("output", dice.chance(80) ? Json.print(payload) : "{" + payload)))
            : new Step(
                "SendTaskFailure",
                Json.print(token.put("error", new Texts(dice).awkward()).put("cause", "because"))));
    steps.add(new Step("GetExecutionHistory", "{\"executionArn\":\"@executionArn@\"}"));
    steps.add(new Step("DeleteStateMachine", machine()));
    steps.add(
        new Step(
            "DeleteActivity", Json.print(object().put("activityArn", ARN + "activity:" + name))));
    return new Case(steps);
  }

  private static String start(Dice dice) {
    var input = object().put("stateMachineArn", "@stateMachineArn@");
    return Json.print(input.put("input", Json.print(new Payloads(dice).input())));
  }

  private static String machine() {
    return "{\"stateMachineArn\":\"@stateMachineArn@\"}";
  }

  private static Step create(String name, String definition, String type, boolean publish) {
    var input = object().put("name", name).put("definition", definition).put("type", type);
    return new Step(
        "CreateStateMachine", Json.print(input.put("roleArn", ROLE).put("publish", publish)));
  }

  private static ObjectNode object() {
    return Json.nodes().objectNode();
  }
}
