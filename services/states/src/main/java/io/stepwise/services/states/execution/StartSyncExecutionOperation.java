package io.stepwise.services.states.execution;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsTime;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Json;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Included;
import io.stepwise.services.states.resource.Quotas;
import io.stepwise.services.states.resource.StatesError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** StartSyncExecution: runs an Express execution and answers with its end. */
public final class StartSyncExecutionOperation {
  private static final long BILLED_STEP_MILLIS = 100;
  private static final int BILLED_MEMORY_MEGABYTES = 64;
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("name", 1, 80),
          Member.text("input", 0, Quotas.PAYLOAD_BYTES_MAX),
          Member.text("traceHeader", 0, 256),
          Included.MEMBER);

  private final Backend backend;

  private StartSyncExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("StartSyncExecution", INPUT, new StartSyncExecutionOperation(backend)::run);
  }

  private void run(Call call) {
    var start = StartInput.read(call, backend);
    if (start.target().machine().type() != StateMachineType.EXPRESS) {
      throw new StatesError.StateMachineTypeNotSupported().toException();
    }
    start.whenCompiled(
        call,
        backend,
        request ->
            // Printed by the shard, which no commit keeps busy here: the loop has the next to read.
            backend
                .gateway()
                .startSync(request)
                .whenComplete(
                    (result, failure) -> {
                      if (failure != null) {
                        call.fail(failure);
                      } else if (result == SyncResult.TOO_MANY) {
                        call.fail(new CommonError.ThrottlingException().toException());
                      } else {
                        call.guard(() -> answer(call, request, result));
                      }
                    }));
  }

  private static void answer(Call call, StartRequest request, SyncResult result) {
    var included = Included.in(call);
    call.reply(Json.printUtf8(output -> print(request, result, included, output)));
  }

  /** Member by member: a tree in between would cost as much as the run itself. */
  private static void print(
      StartRequest request, SyncResult result, boolean included, JsonGenerator output) {
    output.writeStringProperty("executionArn", result.executionArn());
    output.writeStringProperty("stateMachineArn", request.machine().stateMachineArn().text());
    output.writeStringProperty("name", request.name());
    output.writeName("startDate").writeRawValue(AwsTime.seconds(result.startMillis()));
    output.writeName("stopDate").writeRawValue(AwsTime.seconds(result.stopMillis()));
    output.writeStringProperty("status", result.status().name());
    print("error", result.error(), output);
    print("cause", result.cause(), output);
    if (included) {
      output.writeStringProperty("input", request.input().text());
    }
    output.writeObjectPropertyStart("inputDetails");
    output.writeBooleanProperty("included", included).writeEndObject();
    var end = result.output();
    if (included && end != null && result.status() == ExecutionStatus.SUCCEEDED) {
      output.writeStringProperty("output", end.text());
    }
    output.writeObjectPropertyStart("outputDetails");
    output.writeBooleanProperty("included", included).writeEndObject();
    print("traceHeader", request.traceHeader(), output);
    output.writeObjectPropertyStart("billingDetails");
    output.writeNumberProperty(
        "billedDurationInMilliseconds", billed(result.stopMillis() - result.startMillis()));
    output.writeNumberProperty("billedMemoryUsedInMB", BILLED_MEMORY_MEGABYTES);
    output.writeEndObject();
  }

  private static void print(String name, @Nullable String text, JsonGenerator output) {
    if (text != null) {
      output.writeStringProperty(name, text);
    }
  }

  private static long billed(long millis) {
    return Math.max(1, Math.ceilDiv(millis, BILLED_STEP_MILLIS)) * BILLED_STEP_MILLIS;
  }
}
