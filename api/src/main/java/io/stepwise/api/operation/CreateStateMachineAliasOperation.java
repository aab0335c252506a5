package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** CreateStateMachineAlias. */
final class CreateStateMachineAliasOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("description", 0, 256),
          Member.text("name", 1, 80).required().matching(Aliases.NAME),
          Aliases.ROUTES.required());

  private final Backend backend;

  CreateStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "CreateStateMachineAlias";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var routing = Aliases.routing(call, backend);
    var name = call.text("name");
    var alias =
        backend
            .catalog()
            .createAlias(
                routing.machineArn(), name, call.optionalText("description"), routing.routes());
    var output = Outputs.object();
    output.put("stateMachineAliasArn", routing.machineArn() + ":" + name);
    Outputs.putTime(output, "creationDate", alias.createdMillis());
    call.reply(output);
  }
}
