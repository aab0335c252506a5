package io.stepwise.services.states;

import io.stepwise.protocol.Identity;
import io.stepwise.protocol.JsonService;
import io.stepwise.protocol.Operation;
import io.stepwise.services.states.activity.CreateActivityOperation;
import io.stepwise.services.states.activity.DeleteActivityOperation;
import io.stepwise.services.states.activity.DescribeActivityOperation;
import io.stepwise.services.states.activity.GetActivityTaskOperation;
import io.stepwise.services.states.activity.ListActivitiesOperation;
import io.stepwise.services.states.activity.SendTaskFailureOperation;
import io.stepwise.services.states.activity.SendTaskHeartbeatOperation;
import io.stepwise.services.states.activity.SendTaskSuccessOperation;
import io.stepwise.services.states.execution.DescribeExecutionOperation;
import io.stepwise.services.states.execution.DescribeStateMachineForExecutionOperation;
import io.stepwise.services.states.execution.GetExecutionHistoryOperation;
import io.stepwise.services.states.execution.ListExecutionsOperation;
import io.stepwise.services.states.execution.RedriveExecutionOperation;
import io.stepwise.services.states.execution.StartExecutionOperation;
import io.stepwise.services.states.execution.StartSyncExecutionOperation;
import io.stepwise.services.states.execution.StopExecutionOperation;
import io.stepwise.services.states.maprun.DescribeMapRunOperation;
import io.stepwise.services.states.maprun.ListMapRunsOperation;
import io.stepwise.services.states.maprun.UpdateMapRunOperation;
import io.stepwise.services.states.resource.Backend;
import io.stepwise.services.states.statemachine.CreateStateMachineOperation;
import io.stepwise.services.states.statemachine.DeleteStateMachineOperation;
import io.stepwise.services.states.statemachine.DescribeStateMachineOperation;
import io.stepwise.services.states.statemachine.ListStateMachinesOperation;
import io.stepwise.services.states.statemachine.UpdateStateMachineOperation;
import io.stepwise.services.states.statemachine.ValidateStateMachineDefinitionOperation;
import io.stepwise.services.states.tag.ListTagsForResourceOperation;
import io.stepwise.services.states.tag.TagResourceOperation;
import io.stepwise.services.states.tag.UntagResourceOperation;
import io.stepwise.services.states.teststate.TestStateOperation;
import io.stepwise.services.states.version.CreateStateMachineAliasOperation;
import io.stepwise.services.states.version.DeleteStateMachineAliasOperation;
import io.stepwise.services.states.version.DeleteStateMachineVersionOperation;
import io.stepwise.services.states.version.DescribeStateMachineAliasOperation;
import io.stepwise.services.states.version.ListStateMachineAliasesOperation;
import io.stepwise.services.states.version.ListStateMachineVersionsOperation;
import io.stepwise.services.states.version.PublishStateMachineVersionOperation;
import io.stepwise.services.states.version.UpdateStateMachineAliasOperation;
import java.util.List;

/** AWS Step Functions: its operations, in AWS JSON 1.0. */
public final class StatesService {
  private static final JsonService.Dialect DIALECT =
      new JsonService.Dialect(
          "states",
          "AWSStepFunctions.",
          "application/x-amz-json-1.0",
          "com.amazonaws.swf.service.v2.model#");

  private StatesService() {}

  /** The service on a backend. */
  public static JsonService on(Backend backend, Identity defaults) {
    return new JsonService(
        DIALECT, operations(backend), defaults, StatesErrors::of, backend.blocking());
  }

  private static List<Operation> operations(Backend backend) {
    return List.of(
        CreateActivityOperation.on(backend),
        CreateStateMachineAliasOperation.on(backend),
        CreateStateMachineOperation.on(backend),
        DeleteActivityOperation.on(backend),
        DeleteStateMachineAliasOperation.on(backend),
        DeleteStateMachineOperation.on(backend),
        DeleteStateMachineVersionOperation.on(backend),
        DescribeActivityOperation.on(backend),
        DescribeExecutionOperation.on(backend),
        DescribeMapRunOperation.on(backend),
        DescribeStateMachineAliasOperation.on(backend),
        DescribeStateMachineForExecutionOperation.on(backend),
        DescribeStateMachineOperation.on(backend),
        GetActivityTaskOperation.on(backend),
        GetExecutionHistoryOperation.on(backend),
        ListActivitiesOperation.on(backend),
        ListExecutionsOperation.on(backend),
        ListMapRunsOperation.on(backend),
        ListStateMachineAliasesOperation.on(backend),
        ListStateMachineVersionsOperation.on(backend),
        ListStateMachinesOperation.on(backend),
        ListTagsForResourceOperation.on(backend),
        PublishStateMachineVersionOperation.on(backend),
        RedriveExecutionOperation.on(backend),
        SendTaskFailureOperation.on(backend),
        SendTaskHeartbeatOperation.on(backend),
        SendTaskSuccessOperation.on(backend),
        StartExecutionOperation.on(backend),
        StartSyncExecutionOperation.on(backend),
        StopExecutionOperation.on(backend),
        TagResourceOperation.on(backend),
        TestStateOperation.on(backend),
        UntagResourceOperation.on(backend),
        UpdateMapRunOperation.on(backend),
        UpdateStateMachineAliasOperation.on(backend),
        UpdateStateMachineOperation.on(backend),
        ValidateStateMachineDefinitionOperation.operation());
  }
}
