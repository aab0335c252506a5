package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Outcome;

/** SendTaskFailure. */
final class SendTaskFailureOperation implements Operation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("taskToken", 1, 2048).required(),
          Member.text("error", 0, 256),
          Member.text("cause", 0, 32_768));

  private final Backend backend;

  SendTaskFailureOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "SendTaskFailure";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var task = TaskAnswers.parse(call);
    var failure = new Outcome.Failure(call.optionalText("error"), call.optionalText("cause"));
    TaskAnswers.send(
        call, backend, task, new Command.SettleTask(task.scopeId(), task.stamp(), failure));
  }
}
