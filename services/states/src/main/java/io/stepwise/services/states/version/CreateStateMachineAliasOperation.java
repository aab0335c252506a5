package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** CreateStateMachineAlias. */
public final class CreateStateMachineAliasOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("description", 0, 256),
          Member.text("name", 1, 80).required().matching(Aliases.NAME),
          Aliases.ROUTES.required());

  private final Backend backend;

  private CreateStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "CreateStateMachineAlias", INPUT, new CreateStateMachineAliasOperation(backend)::run);
  }

  private void run(Call call) {
    var routing = Aliases.routing(call, backend);
    var name = call.text("name");
    var alias =
        backend
            .catalog()
            .aliases()
            .create(routing.machineArn(), name, call.optionalText("description"), routing.routes());
    var output = Outputs.object();
    output.put("stateMachineAliasArn", routing.machineArn() + ":" + name);
    Outputs.putTime(output, "creationDate", alias.createdMillis());
    call.reply(output);
  }
}
