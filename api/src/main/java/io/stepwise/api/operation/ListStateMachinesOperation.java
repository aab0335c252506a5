package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;

/** ListStateMachines: by name. */
final class ListStateMachinesOperation implements Operation.Blocking {
  private static final Shape INPUT = Shape.of(Page.members()[0], Page.members()[1]);

  private final Backend backend;

  ListStateMachinesOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListStateMachines";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var page = Page.of(call, name(), backend.clock().nowMillis());
    var prefix = call.identity().location().stateMachine("").text();
    var output = Outputs.object();
    var list = output.putArray("stateMachines");
    var last = "";
    for (var machine : backend.catalog().machines(prefix, page.cursor())) {
      if (machine.deleting()) {
        continue;
      }
      if (list.size() == page.limit()) {
        output.put("nextToken", page.next(last));
        break;
      }
      var item = list.addObject();
      item.put("stateMachineArn", machine.arn());
      item.put("name", machine.name());
      item.put("type", machine.type().name());
      Outputs.putTime(item, "creationDate", machine.createdMillis());
      last = machine.arn();
    }
    call.reply(output);
  }
}
