package io.stepwise.services.states.tag;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import tools.jackson.databind.JsonNode;

/** UntagResource. */
public final class UntagResourceOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("resourceArn", 1, 256).required(),
          Member.texts("tagKeys", 1, 128).required());

  private final Backend backend;

  private UntagResourceOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("UntagResource", INPUT, new UntagResourceOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    var keys = call.input().path("tagKeys").valueStream().map(JsonNode::stringValue).toList();
    backend.catalog().tags().remove(arn, keys);
    call.done();
  }
}
