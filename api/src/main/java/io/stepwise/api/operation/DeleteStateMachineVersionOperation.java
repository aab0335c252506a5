package io.stepwise.api.operation;

import io.stepwise.api.ApiError.InvalidArn;
import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** DeleteStateMachineVersion. */
final class DeleteStateMachineVersionOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineVersionArn", 1, 2000).required());

  private final Backend backend;

  DeleteStateMachineVersionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DeleteStateMachineVersion";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("stateMachineVersionArn");
    Machines.unlabelled(arn);
    var version = Arns.stateMachine(arn);
    var number = version.version().orElseThrow(() -> InvalidArn.type("stateMachine").toException());
    backend.catalog().deleteVersion(version.unqualified().text(), number);
    call.done();
  }
}
