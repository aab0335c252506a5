package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ResourceNotFound;
import io.stepwise.api.Arns;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;

/**
 * ListStateMachineAliases: in the order of creation, as recorded; of a version, those that lead to
 * it.
 */
final class ListStateMachineAliasesOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  ListStateMachineAliasesOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListStateMachineAliases";
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
    var asked = Arns.stateMachine(arn);
    var ofVersion = asked.qualifier() != null;
    var version = asked.version().orElse(-1);
    var machine = Machines.live(backend, asked.unqualified().text());
    if (ofVersion && !machine.versions().containsKey(version)) {
      throw ResourceNotFound.of(arn).toException();
    }
    var output = Outputs.object();
    var list = output.putArray("stateMachineAliases");
    var skipping = !page.isFirst();
    var last = "";
    for (var alias : machine.aliases().values()) {
      if (skipping) {
        skipping = !alias.name().equals(page.cursor());
        continue;
      }
      if (ofVersion && !alias.leadsTo(version)) {
        continue;
      }
      if (list.size() == page.limit()) {
        output.put("nextToken", page.next(last));
        break;
      }
      var item = list.addObject();
      item.put("stateMachineAliasArn", machine.aliasArn(alias.name()));
      Outputs.putTime(item, "creationDate", alias.createdMillis());
      last = alias.name();
    }
    call.reply(output);
  }
}
