package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Page;
import io.stepwise.api.Shape;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import tools.jackson.databind.node.ObjectNode;

/** ListExecutions: newest first, of a state machine, a version, an alias or a map run. */
final class ListExecutionsOperation implements Operation.Blocking {
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

  ListExecutionsOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "ListExecutions";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var page = Page.of(call, name(), backend.clock().nowMillis());
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
    var parent = header.parent();
    if (list.isOfMapRun() && parent != null) {
      item.put("mapRunArn", parent.mapRunArn());
      item.put("itemCount", parent.itemCount());
    }
    Outputs.put(item, "stateMachineVersionArn", header.versionArn());
    Outputs.put(item, "stateMachineAliasArn", header.aliasArn());
    item.put("redriveCount", execution.redriveCount());
    if (execution.redriveMillis() > 0) {
      Outputs.putTime(item, "redriveDate", execution.redriveMillis());
    }
  }
}
