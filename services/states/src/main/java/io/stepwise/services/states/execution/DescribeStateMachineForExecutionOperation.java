package io.stepwise.services.states.execution;

import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Configurations;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.Included;
import io.stepwise.services.states.resource.MapStates;

/** DescribeStateMachineForExecution: what an execution is pinned to. */
public final class DescribeStateMachineForExecutionOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("executionArn", 1, 256).required(), Included.MEMBER);

  private final Backend backend;

  private DescribeStateMachineForExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DescribeStateMachineForExecution",
        INPUT,
        new DescribeStateMachineForExecutionOperation(backend)::run);
  }

  private void run(Call call) {
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
