package io.stepwise.services.states.execution;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Included;
import io.stepwise.services.states.resource.Quotas;
import io.stepwise.services.states.resource.StatesError;

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
    var output = Outputs.object();
    var included = Included.in(call);
    output.put("executionArn", result.executionArn());
    output.put("stateMachineArn", request.machine().stateMachineArn().text());
    output.put("name", request.name());
    Outputs.putTime(output, "startDate", result.startMillis());
    Outputs.putTime(output, "stopDate", result.stopMillis());
    output.put("status", result.status().name());
    Outputs.put(output, "error", result.error());
    Outputs.put(output, "cause", result.cause());
    if (included) {
      output.put("input", request.input().text());
    }
    output.putObject("inputDetails").put("included", included);
    var end = result.output();
    if (included && end != null && result.status() == ExecutionStatus.SUCCEEDED) {
      output.put("output", end.text());
    }
    output.putObject("outputDetails").put("included", included);
    Outputs.put(output, "traceHeader", request.traceHeader());
    var billing = output.putObject("billingDetails");
    billing.put("billedDurationInMilliseconds", billed(result.stopMillis() - result.startMillis()));
    billing.put("billedMemoryUsedInMB", BILLED_MEMORY_MEGABYTES);
    call.reply(output);
  }

  private static long billed(long millis) {
    return Math.max(1, Math.ceilDiv(millis, BILLED_STEP_MILLIS)) * BILLED_STEP_MILLIS;
  }
}
