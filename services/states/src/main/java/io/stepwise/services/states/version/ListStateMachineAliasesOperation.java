package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Arns;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.services.states.resource.StatesError.ResourceNotFound;

/**
 * ListStateMachineAliases: in the order of creation, as recorded; of a version, those that lead to
 * it.
 */
public final class ListStateMachineAliasesOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256).required(), Page.members()[0], Page.members()[1]);

  private final Backend backend;

  private ListStateMachineAliasesOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "ListStateMachineAliases", INPUT, new ListStateMachineAliasesOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var page = Page.of(call, backend.clock().nowMillis());
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
