package io.stepwise.services.states.activity;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** SendTaskFailure. */
public final class SendTaskFailureOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("taskToken", 1, 2048).required(),
          Member.text("error", 0, 256),
          Member.text("cause", 0, 32_768));

  private final Backend backend;

  private SendTaskFailureOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("SendTaskFailure", INPUT, new SendTaskFailureOperation(backend)::run);
  }

  private void run(Call call) {
    var task = TaskAnswers.parse(call);
    var failure = new Outcome.Failure(call.optionalText("error"), call.optionalText("cause"));
    TaskAnswers.send(
        call, backend, task, new Command.SettleTask(task.scopeId(), task.stamp(), failure));
  }
}
