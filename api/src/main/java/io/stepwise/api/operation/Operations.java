package io.stepwise.api.operation;

import io.stepwise.api.Backend;
import io.stepwise.api.Operation;
import java.util.List;

/** All operations of the service. */
public final class Operations {
  private Operations() {}

  /** The operations on a backend. */
  public static List<Operation> on(Backend backend) {
    return List.of(
        new CreateStateMachineOperation(backend),
        new StartExecutionOperation(backend),
        new StartSyncExecutionOperation(backend),
        new DescribeExecutionOperation(backend),
        new GetExecutionHistoryOperation(backend));
  }
}
