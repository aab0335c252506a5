package io.stepwise.api.operation;

import io.stepwise.api.ApiError.InvalidArn;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import io.stepwise.runtime.catalog.Qualified;

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
    var version = Qualified.parse(arn);
    if (version == null || version.version() < 0) {
      throw InvalidArn.type("stateMachine").toException();
    }
    backend.catalog().deleteVersion(version.machineArn(), version.version());
    call.done();
  }
}
