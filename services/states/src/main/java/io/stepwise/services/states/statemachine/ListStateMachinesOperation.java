package io.stepwise.services.states.statemachine;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** ListStateMachines: by name. */
public final class ListStateMachinesOperation {
  private static final Shape INPUT = Shape.of(Page.members()[0], Page.members()[1]);

  private final Backend backend;

  private ListStateMachinesOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "ListStateMachines", INPUT, new ListStateMachinesOperation(backend)::run);
  }

  private void run(Call call) {
    var page = Page.of(call, backend.clock().nowMillis());
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
      item.put("stateMachineArn", machine.arn().text());
      item.put("name", machine.name());
      item.put("type", machine.type().name());
      Outputs.putTime(item, "creationDate", machine.createdMillis());
      last = machine.arn().text();
    }
    call.reply(output);
  }
}
