package io.stepwise.services.states.teststate;

import io.stepwise.asl.model.State;
import io.stepwise.asl.model.StateMachineDefinition;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.asl.model.TaskState;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.ServiceShapes;
import io.stepwise.aws.Uuids;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.teststate.TrialSetup;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Definitions;
import io.stepwise.services.states.resource.JsonMessages;
import io.stepwise.services.states.resource.StatesError;
import io.stepwise.services.states.resource.StatesError.UnsupportedDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checked request to test a state.
 *
 * @param outcome how its work is to end, or null where the work is to be done
 * @param readerData what the ItemReader would have read, or null
 * @param failureCount iterations that are to fail
 * @param contextText the Context object as it was given, or null
 */
record TrialRequest(
    TrialSetup setup,
    String inspectionLevel,
    @Nullable Outcome outcome,
    @Nullable JsonNode readerData,
    long failureCount,
    @Nullable String contextText) {
  /** What AWS calls a state that comes without a name. */
  private static final String STATE_NAME = "StateName";

  static TrialRequest read(Call call, Backend backend, ServiceShapes shapes) {
    var hasMock = call.has("mock");
    var configuration = call.input().path("stateConfiguration");
    checkCombination(call, hasMock, configuration);
    var input = json(call, "input");
    var name = call.text("stateName", STATE_NAME);
    var definition =
        call.has("stateName")
            ? Definitions.compile(call.text("definition"), StateMachineType.STANDARD)
            : Definitions.compileState(call.text("definition"), name);
    var machine = definition.definition().orElseThrow();
    var graphIndex = graphOf(machine, name);
    var state = machine.graphs().get(graphIndex).state(name);
    checkType(state, hasMock);
    var outcome = hasMock ? MockedOutcome.read(call.input().path("mock"), state, shapes) : null;
    var context = call.has("context") ? TrialContextInput.read(call.text("context"), state) : null;
    if (state instanceof TaskState && !hasMock && !call.has("roleArn")) {
      throw new ValidationException("RoleArn must be specified when testing a Task state")
          .toException();
    }
    var setup =
        new TrialSetup(
            header(call, backend, machine, graphIndex, input),
            name,
            variables(call),
            context,
            call.optionalText("roleArn"),
            configuration.path("retrierRetryCount").asInt(0));
    return new TrialRequest(
        setup,
        call.text("inspectionLevel", "INFO"),
        outcome,
        readerData(configuration),
        configuration.path("mapIterationFailureCount").asLong(0),
        call.optionalText("context"));
  }

  /** The texts that the values of the test were read from. */
  SourceTexts sources() {
    var sources = new SourceTexts();
    var input = setup.header().input();
    sources.add(input.text(), input.tree());
    setup.variables().values().forEach(value -> sources.add(value.text(), value.tree()));
    if (outcome instanceof Outcome.Success success) {
      sources.add(success.output().text(), success.output().tree());
    }
    var context = setup.context();
    if (context != null && contextText != null) {
      sources.add(contextText, context);
    }
    return sources;
  }

  private static void checkCombination(Call call, boolean hasMock, JsonNode configuration) {
    if (hasMock && call.flag("revealSecrets", false)) {
      throw new ValidationException(
              "TestState does not support RevealSecrets when a mock is specified.")
          .toException();
    }
    if (!hasMock && configuration.hasNonNull("mapIterationFailureCount")) {
      throw needsMock("MapIterationFailureCount");
    }
    if (!hasMock && call.has("context")) {
      throw needsMock("Context");
    }
    if (hasMock) {
      MockedOutcome.checkOne(call.input().path("mock"));
    }
  }

  private static RuntimeException needsMock(String what) {
    return new ValidationException(
            "TestState does not support " + what + " when a mock is not specified.")
        .toException();
  }

  private static int graphOf(StateMachineDefinition machine, String name) {
    for (var graph : machine.graphs()) {
      if (graph.states().containsKey(name)) {
        return graph.index();
      }
    }
    throw new ValidationException("State not found in definition").toException();
  }

  private static void checkType(State state, boolean hasMock) {
    switch (state.type()) {
      case MAP, PARALLEL -> {
        if (!hasMock) {
          throw new UnsupportedDefinition(
                  "TestState API does not support Map or Parallel states. Supported state types"
                      + " include: [Task, Wait, Pass, Succeed, Fail, Choice]")
              .toException();
        }
      }
      case PASS, CHOICE, WAIT, SUCCEED, FAIL -> {
        if (hasMock) {
          throw new ValidationException(
                  "State type '"
                      + state.type().label()
                      + "' is not supported when a mock is specified")
              .toException();
        }
      }
      case TASK -> {
        if (!hasMock && waitsForOthers(((TaskState) state).resource())) {
          throw new UnsupportedDefinition(
                  "TestState API does not support activities and the service integration patterns"
                      + " .sync and .waitForTaskToken when a mock is not specified")
              .toException();
        }
      }
    }
  }

  private static boolean waitsForOthers(TaskResource resource) {
    return switch (resource) {
      case TaskResource.Activity activity -> true;
      case TaskResource.LambdaFunction lambda -> false;
      case TaskResource.ServiceIntegration integration ->
          integration.pattern() != IntegrationPattern.REQUEST_RESPONSE;
    };
  }

  private static Payload json(Call call, String member) {
    var text = call.optionalText(member);
    if (text == null) {
      return Payload.EMPTY_OBJECT;
    }
    try {
      return Payload.parse(text);
    } catch (InvalidJsonException e) {
      throw new StatesError.InvalidExecutionInput(JsonMessages.of(String.valueOf(e.getMessage())))
          .toException();
    }
  }

  private static Map<String, Payload> variables(Call call) {
    var tree = json(call, "variables").tree();
    if (!tree.isObject()) {
      throw new ValidationException("Variables must be a JSON object").toException();
    }
    var variables = new LinkedHashMap<String, Payload>();
    tree.properties().forEach(p -> variables.put(p.getKey(), Payload.of(p.getValue())));
    return variables;
  }

  private static @Nullable JsonNode readerData(JsonNode configuration) {
    var text = configuration.path("mapItemReaderData");
    if (!text.isString()) {
      return null;
    }
    try {
      var data = Payload.parse(text.stringValue()).tree();
      return data.isArray() || data.isObject() ? data : null;
    } catch (InvalidJsonException e) {
      return null; // a file of another kind, such as CSV: its items are not counted
    }
  }

  private static ExecutionHeader header(
      Call call,
      Backend backend,
      StateMachineDefinition definition,
      int graphIndex,
      Payload input) {
    var machineName = Uuids.random();
    var name = Uuids.random();
    var location = call.identity().location();
    var machineArn = location.stateMachine(machineName);
    var revision =
        new StateMachineRevision(
            -1,
            machineArn,
            machineName,
            StateMachineType.STANDARD,
            call.text("roleArn", ""),
            "",
            definition);
    return new ExecutionHeader(
        // No execution has a negative id.
        ThreadLocalRandom.current().nextLong(Long.MIN_VALUE, 0),
        // Without the last part that executions have. Source: recorded.
        ExecutionArn.of(location.prefix("states") + "express:" + machineName + ":" + name),
        name,
        revision,
        graphIndex,
        "",
        input,
        backend.clock().nowMillis(),
        null,
        null,
        null,
        null);
  }
}
