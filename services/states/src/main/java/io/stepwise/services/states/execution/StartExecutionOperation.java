package io.stepwise.services.states.execution;

import io.stepwise.aws.AwsTime;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Quotas;
import io.stepwise.services.states.resource.StatesError;

/** StartExecution: the hot path. Answered on the shard's thread, after the commit. */
public final class StartExecutionOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(),
          Member.text("name", 1, 80),
          Member.text("input", 0, Quotas.PAYLOAD_BYTES_MAX),
          Member.text("traceHeader", 0, 256));

  private final Backend backend;

  private StartExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("StartExecution", INPUT, new StartExecutionOperation(backend)::run);
  }

  private void run(Call call) {
    StartInput.read(call, backend)
        .whenCompiled(
            call,
            backend,
            request ->
                call.whenDone(backend.gateway().start(request), result -> answer(call, result)));
  }

  private static void answer(Call call, StartResult result) {
    switch (result) {
      // Names hold no character that JSON would escape.
      case StartResult.Started started ->
          call.reply(
              "{\"executionArn\":\""
                  + started.executionArn()
                  + "\",\"startDate\":"
                  + AwsTime.seconds(started.startMillis())
                  + "}");
      case StartResult.AlreadyExists exists ->
          call.fail(new StatesError.ExecutionAlreadyExists(exists.executionArn()).toException());
      case StartResult.TooMany() -> call.fail(new CommonError.ThrottlingException().toException());
    }
  }
}
