package io.stepwise.services.states.execution;

import io.stepwise.aws.AwsTime;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.StatesError.ExecutionDoesNotExist;
import io.stepwise.services.states.resource.StatesError.ExecutionNotRedrivable;

/** RedriveExecution: goes on with an execution that did not end well, from where it stood. */
public final class RedriveExecutionOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("executionArn", 1, 256).required(),
          Member.text("clientToken", 1, 64).matching("[!-~]+"));

  private final Backend backend;

  private RedriveExecutionOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "RedriveExecution", INPUT, new RedriveExecutionOperation(backend)::run);
  }

  private void run(Call call) {
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
    var command = new Command.RedriveExecution(call.optionalText("clientToken"));
    call.whenDone(
        backend.gateway().send(execution.header().id(), command),
        reply -> {
          switch (reply) {
            case Reply.Redriven(var millis) ->
                call.reply("{\"redriveDate\":" + AwsTime.seconds(millis) + "}");
            case Reply.NotRedrivable(var reason) ->
                call.fail(new ExecutionNotRedrivable(reason).toException());
            default -> call.fail(new ExecutionDoesNotExist(arn).toException());
          }
        });
  }
}
