package io.stepwise.services.states.activity;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;

/** DeleteActivity. */
public final class DeleteActivityOperation {
  private static final Shape INPUT = Shape.of(Member.text("activityArn", 1, 256).required());

  private final Backend backend;

  private DeleteActivityOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("DeleteActivity", INPUT, new DeleteActivityOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("activityArn");
    Arns.activity(arn);
    backend.catalog().activities().delete(arn);
    call.done();
  }
}
