package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Call;
import io.stepwise.api.Member;
import io.stepwise.api.Operation;
import io.stepwise.api.Shape;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import java.util.Arrays;

/**
 * DeleteStateMachine: gone at once if nothing of it runs; else DELETING until what runs has been
 * stopped.
 */
final class DeleteStateMachineOperation implements Operation.Blocking {
  private static final Shape INPUT = Shape.of(Member.text("stateMachineArn", 1, 256).required());

  private final Backend backend;

  DeleteStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "DeleteStateMachine";
  }

  @Override
  public Shape input() {
    return INPUT;
  }

  @Override
  public void run(Call call) {

    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var running = backend.catalog().delete(arn);
    call.done();
    if (running) {
      stopAll(arn);
    }
  }

  /** AWS ends executions of a deleted machine at their next transition; here it is at once. */
  private void stopAll(String arn) {
    var key = Keys.byStatus(ExecutionStore.machineId(arn), ExecutionStatus.RUNNING, 0);
    var prefix = Arrays.copyOf(key, key.length - Long.BYTES);
    backend
        .storage()
        .scan(
            prefix,
            Keys.after(prefix),
            (row, value) -> {
              backend
                  .gateway()
                  .send(Keys.listedExecution(row), new Command.StopExecution(null, null));
              return true;
            });
  }
}
