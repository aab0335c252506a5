package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;

/** ListStateMachineVersions: newest first. */
public final class ListStateMachineVersionsOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  private ListStateMachineVersionsOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "ListStateMachineVersions", INPUT, new ListStateMachineVersionsOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var page = Page.of(call, backend.clock().nowMillis());
    var output = Outputs.object();
    var list = output.putArray("stateMachineVersions");
    var machine = backend.catalog().machine(arn);
    if (machine != null) {
      var before = page.isFirst() ? Integer.MAX_VALUE : Integer.parseInt(page.cursor());
      var last = 0;
      for (var version : machine.versions().headMap(before, false).descendingMap().values()) {
        if (list.size() == page.limit()) {
          output.put("nextToken", page.next(Integer.toString(last)));
          break;
        }
        var item = list.addObject();
        item.put("stateMachineVersionArn", machine.versionArn(version.number()));
        Outputs.putTime(item, "creationDate", version.createdMillis());
        last = version.number();
      }
    }
    call.reply(output);
  }
}
