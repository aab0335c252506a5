package io.stepwise.api.operation;

import io.stepwise.api.ApiError.ExecutionNotRedrivable;
import io.stepwise.api.ApiError.UnknownOperationException;
import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;

/** RedriveExecution: tells what cannot be redriven; the engine does not redrive yet. */
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

    var execution = Executions.describe(backend, call.text("executionArn"));
    var reason = Executions.notRedrivableReason(backend, execution);
    if (reason != null) {
      throw new ExecutionNotRedrivable(reason).toException();
    }
    throw new UnknownOperationException("RedriveExecution is not supported yet").toException();
  }
}
