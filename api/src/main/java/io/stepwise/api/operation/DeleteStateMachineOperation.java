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
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * DeleteStateMachine: gone at once if nothing of it runs; else DELETING until what runs has been
 * stopped.
 */
final class DeleteStateMachineOperation implements Operation.Blocking {
  private static final int TOGETHER = 1_000;
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

  /**
   * AWS ends executions of a deleted machine at their next transition; here it is at once. A few
   * are looked up at a time, and nothing is sent while the store is being read.
   */
  private void stopAll(String arn) {
    var key = Keys.byStatus(ExecutionStore.machineId(arn), ExecutionStatus.RUNNING, 0);
    var prefix = Arrays.copyOf(key, key.length - Long.BYTES);
    byte @Nullable [] from = prefix;
    do {
      var rows = new ArrayList<byte[]>();
      backend
          .storage()
          .scan(
              from,
              Keys.after(prefix),
              (row, value) -> {
                rows.add(row);
                return rows.size() < TOGETHER;
              });
      for (var row : rows) {
        backend.gateway().send(Keys.listedExecution(row), new Command.StopExecution(null, null));
      }
      from = rows.size() < TOGETHER ? null : Arrays.copyOf(rows.getLast(), key.length + 1);
    } while (from != null);
  }
}
