package io.stepwise.api.operation;

import io.stepwise.api.ApiError;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.runtime.StartRequest;
import io.stepwise.runtime.SyncResult;

/** StartSyncExecution: runs an Express execution and answers with its end. */
final class StartSyncExecutionOperation implements Operation {
  private static final long BILLED_STEP_MILLIS = 100;
  private static final int BILLED_MEMORY_MEGABYTES = 64;
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("name", 1, 80),
          Member.text("input", 0, StartInput.INPUT_BYTES_MAX),
          Member.text("traceHeader", 0, 256),
          Included.MEMBER);

  private final Backend backend;

  StartSyncExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "StartSyncExecution";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {
    var start = StartInput.read(call, backend);
    if (start.target().machine().type() != StateMachineType.EXPRESS) {
      throw new ApiError.StateMachineTypeNotSupported().toException();
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
                        call.fail(new ApiError.ThrottlingException().toException());
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
