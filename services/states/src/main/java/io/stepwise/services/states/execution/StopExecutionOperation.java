package io.stepwise.services.states.execution;

import io.stepwise.aws.AwsTime;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;

/** StopExecution. */
public final class StopExecutionOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(),
          Member.text("error", 0, 256),
          Member.text("cause", 0, 32_768));

  private final Backend backend;

  private StopExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("StopExecution", INPUT, new StopExecutionOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("executionArn");
    var id = Executions.find(backend, arn);
    var command = new Command.StopExecution(call.optionalText("error"), call.optionalText("cause"));
    call.whenDone(
        backend.gateway().send(id, command),
        reply -> {
          if (reply instanceof Reply.Closed closed) {
            answer(call, closed.stopMillis());
          } else {
            backend.blocking().execute(() -> call.guard(() -> answerClosed(call, arn)));
          }
        });
  }

  private void answerClosed(Call call, String arn) {
    answer(call, Executions.describe(backend, arn).stopMillis());
  }

  private static void answer(Call call, long stopMillis) {
    call.reply("{\"stopDate\":" + AwsTime.seconds(stopMillis) + "}");
  }
}
