package io.stepwise.api.operation;

import io.stepwise.api.ApiError.InvalidOutput;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.JsonMessages;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;

/** SendTaskSuccess. */
final class SendTaskSuccessOperation implements Operation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("taskToken", 1, 2048).required(),
          Member.text("output", 0, StartInput.INPUT_BYTES_MAX).required());

  private final Backend backend;

  SendTaskSuccessOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "SendTaskSuccess";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var task = TaskAnswers.parse(call);
    Payload output;
    try {
      output = Payload.parse(call.text("output"));
    } catch (InvalidJsonException e) {
      throw new InvalidOutput(JsonMessages.of(String.valueOf(e.getMessage()))).toException();
    }
    var command = new Command.SettleTask(task.scopeId(), task.stamp(), new Outcome.Success(output));
    TaskAnswers.send(call, backend, task, command);
  }
}
