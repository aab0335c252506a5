package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ExecutionDoesNotExist;
import io.stepwise.api.ApiError.ExecutionNotRedrivable;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Outputs;
import io.stepwise.api.Shape;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;

/** RedriveExecution: goes on with an execution that did not end well, from where it stood. */
final class RedriveExecutionOperation implements Operation.Blocking {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(),
          Member.text("clientToken", 1, 64).matching("[!-~]+"));

  private final Backend backend;

  RedriveExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "RedriveExecution";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {
    var arn = call.text("executionArn");
    var execution = Executions.describe(backend, arn);
    if (Executions.mapRunArn(execution) != null) {
      throw new ExecutionNotRedrivable(
              "Execution is part of a Map Run and can only be redriven by redriving its parent"
                  + " execution")
          .toException();
    }
    if (Executions.isOfDeletedMachine(backend, execution)) {
      throw new ExecutionNotRedrivable(Executions.MACHINE_IS_DELETING).toException();
    }
    // The shard decides on the rest: it alone knows how the execution is at that moment.
    backend
        .gateway()
        .send(
            execution.header().id(), new Command.RedriveExecution(call.optionalText("clientToken")))
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                call.fail(failure);
              } else if (reply instanceof Reply.Redriven(var millis)) {
                call.reply("{\"redriveDate\":" + Outputs.seconds(millis) + "}");
              } else if (reply instanceof Reply.NotRedrivable(var reason)) {
                call.fail(new ExecutionNotRedrivable(reason).toException());
              } else {
                call.fail(new ExecutionDoesNotExist(arn).toException());
              }
            });
  }
}
