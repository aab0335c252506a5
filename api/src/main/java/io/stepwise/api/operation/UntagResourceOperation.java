package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import tools.jackson.databind.JsonNode;

/** UntagResource. */
final class UntagResourceOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("resourceArn", 1, 256).required(),
          Member.texts("tagKeys", 1, 128).required());

  private final Backend backend;

  UntagResourceOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "UntagResource";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    var keys = call.input().path("tagKeys").valueStream().map(JsonNode::stringValue).toList();
    backend.catalog().untag(arn, keys);
    call.done();
  }
}
