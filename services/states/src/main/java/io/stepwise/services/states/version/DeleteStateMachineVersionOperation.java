package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.StatesError.InvalidArn;

/** DeleteStateMachineVersion. */
public final class DeleteStateMachineVersionOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineVersionArn", 1, 2000).required());

  private final Backend backend;

  private DeleteStateMachineVersionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DeleteStateMachineVersion", INPUT, new DeleteStateMachineVersionOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineVersionArn");
    Machines.unlabelled(arn);
    var version = Arns.stateMachine(arn);
    var number = version.version().orElseThrow(() -> InvalidArn.type("stateMachine").toException());
    backend.catalog().versions().delete(version.unqualified().text(), number);
    call.done();
  }
}
