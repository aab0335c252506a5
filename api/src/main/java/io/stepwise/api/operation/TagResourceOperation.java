package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** TagResource. */
final class TagResourceOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(Member.text("resourceArn", 1, 256).required(), Configurations.TAGS.required());

  private final Backend backend;

  TagResourceOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "TagResource";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    backend.catalog().tag(arn, Configurations.tags(call.input().path("tags")));
    call.done();
  }
}
