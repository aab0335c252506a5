package io.stepwise.api.operation;

import io.stepwise.api.ApiError;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.runtime.StartResult;

/** StartExecution: the hot path. Answered on the shard's thread, after the commit. */
final class StartExecutionOperation implements Operation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("name", 1, 80),
          Member.text("input", 0, StartInput.INPUT_BYTES_MAX),
          Member.text("traceHeader", 0, 256));

  private final Backend backend;

  StartExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "StartExecution";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {
    StartInput.read(call, backend)
        .whenCompiled(
            call,
            backend,
            request ->
                backend
                    .gateway()
                    .start(request)
                    .whenComplete(
                        (result, failure) -> {
                          if (failure != null) {
                            call.fail(failure);
                          } else {
                            answer(call, result);
                          }
                        }));
  }

  private static void answer(Call call, StartResult result) {
    switch (result) {
      // Names hold no character that JSON would escape.
      case StartResult.Started started ->
          call.reply(
              "{\"executionArn\":\""
                  + started.executionArn()
                  + "\",\"startDate\":"
                  + Outputs.seconds(started.startMillis())
                  + "}");
      case StartResult.AlreadyExists exists ->
          call.fail(new ApiError.ExecutionAlreadyExists(exists.executionArn()).toException());
      case StartResult.TooMany() -> call.fail(new ApiError.ThrottlingException().toException());
    }
  }
}
