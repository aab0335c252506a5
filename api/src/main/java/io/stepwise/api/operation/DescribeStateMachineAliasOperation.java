package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** DescribeStateMachineAlias. */
final class DescribeStateMachineAliasOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(Member.text("stateMachineAliasArn", 1, 256).required());

  private final Backend backend;

  DescribeStateMachineAliasOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DescribeStateMachineAlias";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

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
