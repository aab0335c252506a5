package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** DeleteStateMachineAlias. */
final class DeleteStateMachineAliasOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineAliasArn", 1, 256).required());

  private final Backend backend;

  DeleteStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DeleteStateMachineAlias";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = Aliases.parse(call.text("stateMachineAliasArn"));
    backend.catalog().deleteAlias(arn.machineArn(), arn.alias());
    call.done();
  }
}
