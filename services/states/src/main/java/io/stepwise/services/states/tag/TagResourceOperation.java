package io.stepwise.services.states.tag;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Machines;

/** TagResource. */
public final class TagResourceOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("resourceArn", 1, 256).required(), Configurations.TAGS.required());

  private final Backend backend;

  private TagResourceOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("TagResource", INPUT, new TagResourceOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    backend.catalog().tags().add(arn, Configurations.tags(call.input().path("tags")));
    call.done();
  }
}
