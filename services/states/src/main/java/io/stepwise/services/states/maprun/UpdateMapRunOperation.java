package io.stepwise.services.states.maprun;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.CommonError.ValidationException;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Executions;
import io.stepwise.services.states.resource.MapRuns;

/** UpdateMapRun: changes the limits of a map run while it runs. */
public final class UpdateMapRunOperation {
  private static final Shape INPUT =
      Shape.of(
          Member.text("mapRunArn", 1, 2000).required(),
          Member.whole("maxConcurrency", 0, Integer.MAX_VALUE),
          Member.decimal("toleratedFailurePercentage", 0, 100),
          Member.whole("toleratedFailureCount", 0, Long.MAX_VALUE));

  private final Backend backend;

  private UpdateMapRunOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking("UpdateMapRun", INPUT, new UpdateMapRunOperation(backend)::run);
  }

  private void run(Call call) {
    var run = MapRuns.find(backend, call.text("mapRunArn"));
    var concurrency = call.input().get("maxConcurrency");
    var count = call.input().get("toleratedFailureCount");
    var percentage = call.input().get("toleratedFailurePercentage");
    if (concurrency == null && count == null && percentage == null) {
      throw new ValidationException(
              "At least one of maxConcurrency, toleratedFailurePercentage and"
                  + " toleratedFailureCount must be specified",
              "MISSING_REQUIRED_PARAMETER")
          .toException();
    }
    if (run.status().isClosed()) {
      throw completed(run.status()).toException();
    }
    var command =
        new Command.UpdateMapRun(
            run.arn(),
            concurrency == null ? null : concurrency.intValue(),
            count == null ? null : count.longValue(),
            percentage == null ? null : percentage.doubleValue());
    call.whenDone(
        backend.gateway().send(Executions.find(backend, run.executionArn()), command),
        reply -> {
          if (reply instanceof Reply.Gone) {
            call.fail(completed(ExecutionStatus.SUCCEEDED).toException());
          } else {
            call.done();
          }
        });
  }

  private static ValidationException completed(ExecutionStatus status) {
    return new ValidationException(
        "Map Run is " + status + " and cannot be updated", "CANNOT_UPDATE_COMPLETED_MAP_RUN");
  }
}
