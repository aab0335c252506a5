package io.stepwise.services.states.statemachine;

import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.protocol.Call;
import io.stepwise.protocol.Member;
import io.stepwise.protocol.Operation;
import io.stepwise.protocol.Shape;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.resource.Machines;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionIndex.Listing;
import org.jspecify.annotations.Nullable;

/**
 * DeleteStateMachine: gone at once if nothing of it runs; else DELETING until what runs has been
 * stopped.
 */
public final class DeleteStateMachineOperation {
  private static final int TOGETHER = 1_000;
  private static final Shape INPUT = Shape.of(Member.text("stateMachineArn", 1, 256).required());

  private final Backend backend;

  private DeleteStateMachineOperation(Backend backend) {
    this.backend = backend;
  }

  /** The operation on a backend. */
  public static Operation on(Backend backend) {
    return Operation.blocking(
        "DeleteStateMachine", INPUT, new DeleteStateMachineOperation(backend)::run);
  }

  private void run(Call call) {
    var arn = call.text("stateMachineArn");
    Machines.unlabelled(arn);
    var running = backend.catalog().stateMachines().delete(arn);
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
    var running = Listing.of(StateMachineArn.of(arn), ExecutionStatus.RUNNING);
    @Nullable Long last = null;
    ExecutionIndex.Ids page;
    do {
      page = backend.index().page(running, last, TOGETHER);
      for (var id : page.ids()) {
        backend.gateway().send(id, new Command.StopExecution(null, null));
        last = id;
      }
    } while (page.hasMore());
  }
}
