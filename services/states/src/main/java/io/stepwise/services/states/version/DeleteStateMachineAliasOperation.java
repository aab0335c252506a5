package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** DeleteStateMachineAlias. */
public final class DeleteStateMachineAliasOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineAliasArn", 1, 256).required());

  private final Backend backend;

  private DeleteStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DeleteStateMachineAlias", INPUT, new DeleteStateMachineAliasOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = Aliases.parse(call.text("stateMachineAliasArn"));
    backend.catalog().aliases().delete(arn.machineArn(), arn.alias());
    call.done();
  }
}
