package io.stepwise.services.states.execution;

import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Outputs;
import io.stepwise.protocol.Page;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import tools.jackson.databind.node.ObjectNode;

/** ListExecutions: newest first, of a state machine, a version, an alias or a map run. */
public final class ListExecutionsOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("stateMachineArn", 1, 256),
          Member.oneOf(
              "statusFilter",
              "SUCCEEDED",
              "TIMED_OUT",
              "PENDING_REDRIVE",
              "ABORTED",
              "FAILED",
              "RUNNING"),
          Page.members()[0],
          Member.text("nextToken", 1, 3096),
          Member.text("mapRunArn", 1, 2000),
          Member.oneOf("redriveFilter", "REDRIVEN", "NOT_REDRIVEN"));

  private final Backend backend;

  private ListExecutionsOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("ListExecutions", INPUT, new ListExecutionsOperation(backend)::run);
  }

  private void run(Call call) {
    var page = Page.of(call, backend.clock().nowMillis());
    var list = ExecutionList.of(call, backend);
    var output = Outputs.object();
    var items = output.putArray("executions");
    var token =
        list.collect(page, (execution, status) -> put(items.addObject(), execution, status, list));
    Outputs.put(output, "nextToken", token);
    call.reply(output);
  }

  private static void put(
      ObjectNode item, Execution execution, ExecutionStatus status, ExecutionList list) {
    var header = execution.header();
    item.put("executionArn", header.arn().text());
    item.put("stateMachineArn", Executions.machineArn(execution));
    item.put("name", header.name());
    item.put("status", status.name());
    Outputs.putTime(item, "startDate", header.startMillis());
    if (status.isClosed()) {
      Outputs.putTime(item, "stopDate", execution.stopMillis());
    }
    if (list.isOfMapRun() && header.parent() instanceof ParentLink.MapRunChild child) {
      item.put("mapRunArn", child.mapRunArn());
      item.put("itemCount", child.itemCount());
    }
    Outputs.put(item, "stateMachineVersionArn", header.versionArn());
    Outputs.put(item, "stateMachineAliasArn", header.aliasArn());
    item.put("redriveCount", execution.redriveCount());
    if (execution.redriveMillis() > 0) {
      Outputs.putTime(item, "redriveDate", execution.redriveMillis());
    }
  }
}
