package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;

/** ListStateMachineVersions: newest first. */
final class ListStateMachineVersionsOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  ListStateMachineVersionsOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListStateMachineVersions";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var page = Page.of(call, name(), backend.clock().nowMillis());
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
