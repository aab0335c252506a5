package io.stepwise.services.states.activity;

import io.stepwise.engine.command.Command;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** SendTaskHeartbeat. */
public final class SendTaskHeartbeatOperation {
  private static final Shape INPUT = Shape.of(Member.text("taskToken", 1, 2048).required());

  private final Backend backend;

  private SendTaskHeartbeatOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of("SendTaskHeartbeat", INPUT, new SendTaskHeartbeatOperation(backend)::run);
  }

  private void run(Call call) {
    var task = TaskAnswers.parse(call);
    TaskAnswers.send(call, backend, task, new Command.HeartbeatTask(task.scopeId(), task.stamp()));
  }
}
