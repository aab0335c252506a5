package io.stepwise.services.states.execution;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.aws.Uuids;
import io.stepwise.catalog.Catalog.Resolved;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.JsonMessages;
import io.stepwise.services.states.resource.Names;
import io.stepwise.services.states.resource.Quotas;
import io.stepwise.services.states.resource.StatesError;
import io.stepwise.services.states.resource.StatesError.InvalidExecutionInput;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What StartExecution and StartSyncExecution read alike. */
record StartInput(
    Resolved target,
    String name,
    Payload input,
    ExecutionArn executionArn,
    @Nullable String testCase) {
  /** Reads and checks a call. */
  static StartInput read(Call call, Backend backend) {
    var qualified = call.text("stateMachineArn");
    // Step Functions Local's way to name a test case of the mock configuration.
    var hash = backend.mocks().isEmpty() ? -1 : qualified.indexOf('#');
    var arn = hash < 0 ? qualified : qualified.substring(0, hash);
    var testCase = hash < 0 ? null : qualified.substring(hash + 1);
    var name = call.optionalText("name");
    if (name != null) {
      Names.check(name);
    }
    var target =
        backend.catalog().resolve(arn, ThreadLocalRandom.current()).orElseThrow(() -> missing(arn));
    var machine = target.machine();
    if (machine.deleting()) {
      throw new StatesError.StateMachineDeleting(machine.arn().text()).toException();
    }
    if (testCase != null && !backend.mocks().hasCase(machine.name(), testCase)) {
      throw new CommonError.ValidationException(
              "The mock configuration has no test case '"
                  + testCase
                  + "' for the state machine '"
                  + machine.name()
                  + "'")
          .toException();
    }
    var input = input(call);
    var given = name == null ? Uuids.random() : name;
    var executionArn =
        machine.type() == StateMachineType.EXPRESS
            ? machine.arn().expressExecution(given, Uuids.random())
            : machine.arn().execution(given);
    return new StartInput(target, given, input, executionArn, testCase);
  }

  private static RuntimeException missing(String arn) {
    Arns.stateMachine(arn);
    return new StatesError.StateMachineDoesNotExist(arn).toException();
  }

  private static Payload input(Call call) {
    var text = call.optionalText("input");
    if (text == null) {
      return Payload.EMPTY_OBJECT;
    }
    if (text.isBlank()) {
      throw new InvalidExecutionInput("Invalid execution input.").toException();
    }
    try {
      var payload = Payload.parse(text);
      if (payload.sizeBytes() > Quotas.PAYLOAD_BYTES_MAX) {
        throw new InvalidExecutionInput(
                "The input is longer than " + Quotas.PAYLOAD_BYTES_MAX + " bytes in UTF-8.")
            .toException();
      }
      return payload;
    } catch (InvalidJsonException e) {
      throw new InvalidExecutionInput(JsonMessages.of(String.valueOf(e.getMessage())))
          .toException();
    }
  }

  /** Goes on with the request once the revision is compiled: at once, or on another thread. */
  void whenCompiled(Call call, Backend backend, Consumer<StartRequest> then) {
    var machine = backend.catalog().revisionAtHand(target.revision());
    if (machine != null) {
      then.accept(request(call, machine));
      return;
    }
    backend
        .blocking()
        .execute(
            () ->
                call.guard(
                    () ->
                        then.accept(request(call, backend.catalog().revision(target.revision())))));
  }

  private StartRequest request(Call call, StateMachineRevision machine) {
    return StartRequest.ofClient(
        machine,
        executionArn,
        name,
        input,
        target.versionArn(),
        target.aliasArn(),
        traceHeader(call),
        testCase);
  }

  /** The trace header of the request, which wins over the member of the input. */
  static @Nullable String traceHeader(Call call) {
    var header = call.header("X-Amzn-Trace-Id");
    return header == null ? call.optionalText("traceHeader") : header;
  }
}
