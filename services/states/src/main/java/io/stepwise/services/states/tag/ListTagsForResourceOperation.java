package io.stepwise.services.states.tag;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;

/** ListTagsForResource. */
public final class ListTagsForResourceOperation {
  private static final Shape INPUT = Shape.of(Member.text("resourceArn", 1, 256).required());

  private final Backend backend;

  private ListTagsForResourceOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.of(
        "ListTagsForResource", INPUT, new ListTagsForResourceOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    var output = Outputs.object();
    var list = output.putArray("tags");
    backend
        .catalog()
        .tags()
        .of(arn)
        .forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    call.reply(output);
  }
}
