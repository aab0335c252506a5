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
        new CreateActivityOperation(backend),
        new CreateStateMachineAliasOperation(backend),
        new CreateStateMachineOperation(backend),
        new DeleteActivityOperation(backend),
        new DeleteStateMachineAliasOperation(backend),
        new DeleteStateMachineOperation(backend),
        new DeleteStateMachineVersionOperation(backend),
        new DescribeActivityOperation(backend),
        new DescribeExecutionOperation(backend),
        new DescribeMapRunOperation(backend),
        new DescribeStateMachineAliasOperation(backend),
        new DescribeStateMachineForExecutionOperation(backend),
        new DescribeStateMachineOperation(backend),
        new GetActivityTaskOperation(backend),
        new GetExecutionHistoryOperation(backend),
        new ListActivitiesOperation(backend),
        new ListExecutionsOperation(backend),
        new ListMapRunsOperation(backend),
        new ListStateMachineAliasesOperation(backend),
        new ListStateMachineVersionsOperation(backend),
        new ListStateMachinesOperation(backend),
        new ListTagsForResourceOperation(backend),
        new PublishStateMachineVersionOperation(backend),
        new RedriveExecutionOperation(backend),
        new SendTaskFailureOperation(backend),
        new SendTaskHeartbeatOperation(backend),
        new SendTaskSuccessOperation(backend),
        new StartExecutionOperation(backend),
        new StartSyncExecutionOperation(backend),
        new StopExecutionOperation(backend),
        new TagResourceOperation(backend),
        new TestStateOperation(backend),
        new UntagResourceOperation(backend),
        new UpdateMapRunOperation(backend),
        new UpdateStateMachineAliasOperation(backend),
        new UpdateStateMachineOperation(backend),
        new ValidateStateMachineDefinitionOperation());
  }
}
