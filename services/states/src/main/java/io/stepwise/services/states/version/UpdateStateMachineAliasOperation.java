package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** UpdateStateMachineAlias. */
public final class UpdateStateMachineAliasOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineAliasArn", 1, 256).required(),
          Member.text("description", 0, 256),
          Aliases.ROUTES);

  private final Backend backend;

  private UpdateStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "UpdateStateMachineAlias", INPUT, new UpdateStateMachineAliasOperation(backend)::run);
  }

  private void run(Call call) {
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
            .aliases()
            .update(
                arn.machineArn(),
                arn.alias(),
                call.optionalText("description"),
                routing == null ? null : routing.routes());
    var output = Outputs.object();
    Outputs.putTime(output, "updateDate", alias.updatedMillis());
    call.reply(output);
  }
}
