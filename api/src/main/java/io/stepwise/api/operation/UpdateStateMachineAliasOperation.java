package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ValidationException;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** UpdateStateMachineAlias. */
final class UpdateStateMachineAliasOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineAliasArn", 1, 256).required(),
          Member.text("description", 0, 256),
          Aliases.ROUTES);

  private final Backend backend;

  UpdateStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "UpdateStateMachineAlias";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = Aliases.parse(call.text("stateMachineAliasArn"));
    if (!call.has("description") && !call.has("routingConfiguration")) {
      throw new ValidationException(
              "Either the description or the RoutingConfiguration must be specified",
              "MISSING_REQUIRED_PARAMETER")
          .toException();
    }
    var machine = backend.catalog().machine(arn.machineArn());
    if (machine == null || !machine.aliases().containsKey(arn.alias())) {
      throw Aliases.missing(call.text("stateMachineAliasArn"));
    }
    var routing = call.has("routingConfiguration") ? Aliases.routing(call, backend) : null;
    if (routing != null && !routing.machineArn().equals(arn.machineArn())) {
      throw Aliases.notVersions(call);
    }
    var alias =
        backend
            .catalog()
            .updateAlias(
                arn.machineArn(),
                arn.alias(),
                call.optionalText("description"),
                routing == null ? null : routing.routes());
    var output = Outputs.object();
    Outputs.putTime(output, "updateDate", alias.updatedMillis());
    call.reply(output);
  }
}
