package io.stepwise.services.states.activity;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Payload;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.JsonMessages;
import io.stepwise.services.states.resource.Quotas;
import io.stepwise.services.states.resource.StatesError.InvalidOutput;

/** SendTaskSuccess. */
public final class SendTaskSuccessOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("taskToken", 1, 2048).required(),
          Member.text("output", 0, Quotas.PAYLOAD_BYTES_MAX).required());

  private final Backend backend;

  private SendTaskSuccessOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("SendTaskSuccess", INPUT, new SendTaskSuccessOperation(backend)::run);
  }

  private void run(Call call) {
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
