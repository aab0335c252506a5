package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import io.stepwise.engine.command.Command;

/** SendTaskHeartbeat. */
final class SendTaskHeartbeatOperation implements Operation {
  private static final Shape INPUT = Shape.of(Member.text("taskToken", 1, 2048).required());

  private final Backend backend;

  SendTaskHeartbeatOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "SendTaskHeartbeat";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var task = TaskAnswers.parse(call);
    TaskAnswers.send(call, backend, task, new Command.HeartbeatTask(task.scopeId(), task.stamp()));
  }
}
