package io.stepwise.services.states.version;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;

/** DescribeStateMachineAlias. */
public final class DescribeStateMachineAliasOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineAliasArn", 1, 256).required());

  private final Backend backend;

  private DescribeStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DescribeStateMachineAlias", INPUT, new DescribeStateMachineAliasOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = Aliases.parse(call.text("stateMachineAliasArn"));
    var machine = backend.catalog().machine(arn.machineArn());
    var alias = machine == null ? null : machine.aliases().get(arn.alias());
    if (machine == null || alias == null) {
      throw Aliases.missing(call.text("stateMachineAliasArn"));
    }
    var output = Outputs.object();
    output.put("stateMachineAliasArn", machine.aliasArn(alias.name()));
    output.put("name", alias.name());
    Outputs.put(output, "description", alias.description());
    var routes = output.putArray("routingConfiguration");
    for (var route : alias.routes()) {
      var item = routes.addObject();
      item.put("stateMachineVersionArn", machine.versionArn(route.version()));
      item.put("weight", route.weight());
    }
    Outputs.putTime(output, "creationDate", alias.createdMillis());
    Outputs.putTime(output, "updateDate", alias.updatedMillis());
    call.reply(output);
  }
}
