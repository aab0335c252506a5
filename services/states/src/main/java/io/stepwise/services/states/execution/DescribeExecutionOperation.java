package io.stepwise.services.states.execution;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.Included;
import tools.jackson.databind.node.ObjectNode;

/** DescribeExecution. */
public final class DescribeExecutionOperation {
  private static final Shape INPUT =
      Shape.of(Member.text("executionArn", 1, 256).required(), Included.MEMBER);

  private final Backend backend;

  private DescribeExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DescribeExecution", INPUT, new DescribeExecutionOperation(backend)::run);
  }

  private void run(Call call) {
    var execution = Executions.describe(backend, call.text("executionArn"));
    var header = execution.header();
    var included = Included.in(call);
    var output = Outputs.object();
    output.put("executionArn", header.arn().text());
    output.put("stateMachineArn", Executions.machineArn(execution));
    output.put("name", header.name());
    var status = Executions.status(backend, execution);
    output.put("status", status.name());
    Outputs.putTime(output, "startDate", header.startMillis());
    if (status.isClosed()) {
      Outputs.putTime(output, "stopDate", execution.stopMillis());
    }
    if (included) {
      output.put("input", header.input().text());
    }
    output.putObject("inputDetails").put("included", included);
    putEnd(output, execution, included);
    Outputs.put(output, "traceHeader", header.traceHeader());
    Outputs.put(output, "mapRunArn", Executions.mapRunArn(execution));
    Outputs.put(output, "stateMachineVersionArn", header.versionArn());
    Outputs.put(output, "stateMachineAliasArn", header.aliasArn());
    putRedrive(output, execution);
    call.reply(output);
  }

  private static void putEnd(ObjectNode output, Execution execution, boolean included) {
    var result = execution.output();
    if (execution.status() == ExecutionStatus.SUCCEEDED && result != null) {
      if (included) {
        output.put("output", result.text());
      }
      output.putObject("outputDetails").put("included", included);
    }
    // A timed-out execution shows neither.
    if (execution.status() == ExecutionStatus.FAILED
        || execution.status() == ExecutionStatus.ABORTED) {
      Outputs.put(output, "error", execution.error());
      Outputs.put(output, "cause", execution.cause());
    }
  }

  private void putRedrive(ObjectNode output, Execution execution) {
    output.put("redriveCount", execution.redriveCount());
    if (execution.redriveMillis() > 0) {
      Outputs.putTime(output, "redriveDate", execution.redriveMillis());
    }
    var reason = Executions.notRedrivableReason(backend, execution);
    if (reason != null) {
      output.put("redriveStatus", "NOT_REDRIVABLE");
      output.put("redriveStatusReason", reason);
    } else {
      output.put(
          "redriveStatus",
          Executions.mapRunArn(execution) == null ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
    }
  }
}
