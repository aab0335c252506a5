package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;

/** StopExecution. */
final class StopExecutionOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(),
          Member.text("error", 0, 256),
          Member.text("cause", 0, 32_768));

  private final Backend backend;

  StopExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "StopExecution";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("executionArn");
    var id = Executions.find(backend, arn);
    var command = new Command.StopExecution(call.optionalText("error"), call.optionalText("cause"));
    backend
        .gateway()
        .send(id, command)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                call.fail(failure);
              } else if (reply instanceof Reply.Closed closed) {
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
    call.reply("{\"stopDate\":" + Outputs.seconds(stopMillis) + "}");
  }
}
