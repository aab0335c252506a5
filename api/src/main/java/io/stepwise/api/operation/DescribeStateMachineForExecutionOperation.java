package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;

/** DescribeStateMachineForExecution: what an execution is pinned to. */
final class DescribeStateMachineForExecutionOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(Member.text("executionArn", 1, 256).required(), Included.MEMBER);

  private final Backend backend;

  DescribeStateMachineForExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DescribeStateMachineForExecution";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var execution = Executions.describe(backend, call.text("executionArn"));
    var header = execution.header();
    var machine = header.machine();
    var source = backend.catalog().source(machine.id());
    var label = header.label();
    var processor = label.isEmpty() ? null : MapStates.find(machine.definition(), label);
    var output = Outputs.object();
    output.put("stateMachineArn", Executions.machineArn(execution));
    output.put("name", machine.name());
    var text = processor == null ? source.definition() : MapStates.text(processor);
    output.put("definition", Included.in(call) ? text : "{}");
    output.put("roleArn", source.roleArn());
    Outputs.putTime(output, "updateDate", source.createdMillis());
    Configurations.put(output, source.settings());
    Outputs.put(output, "mapRunArn", Executions.mapRunArn(execution));
    Outputs.put(output, "label", label.isEmpty() ? null : label);
    Outputs.put(output, "revisionId", source.revisionId().isEmpty() ? null : source.revisionId());
    MapStates.putReferences(output, backend.catalog().variableReferences(machine.id()), processor);
    call.reply(output);
  }
}
