package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** ListTagsForResource. */
final class ListTagsForResourceOperation implements Operation {
  private static final Shape INPUT = Shape.of(Member.text("resourceArn", 1, 256).required());

  private final Backend backend;

  ListTagsForResourceOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListTagsForResource";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("resourceArn");
    Machines.taggable(arn);
    var output = Outputs.object();
    var list = output.putArray("tags");
    backend
        .catalog()
        .tags(arn)
        .forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    call.reply(output);
  }
}
