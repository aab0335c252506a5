package io.stepwise.api.operation;

import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** DeleteActivity. */
final class DeleteActivityOperation implements Operation.Blocking {
  private static final Shape INPUT = Shape.of(Member.text("activityArn", 1, 256).required());

  private final Backend backend;

  DeleteActivityOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DeleteActivity";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("activityArn");
    Arns.activity(arn);
    backend.catalog().deleteActivity(arn);
    call.done();
  }
}
