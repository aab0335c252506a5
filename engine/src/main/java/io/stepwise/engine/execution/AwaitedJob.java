package io.stepwise.engine.execution;

import io.stepwise.asl.model.TaskResource;
import io.stepwise.aws.StateMachineArn;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to poll or stop a job, also when its execution has gone on without it.
 *
 * @param task the attempt that it was begun for
 * @param stateMachine whose task it is
 * @param resource what began it
 * @param reference what its connector knows it by
 * @param credentialsRoleArn the role to assume, or null
 */
public record AwaitedJob(
    TaskRef task,
    StateMachineArn stateMachine,
    TaskResource.ServiceIntegration resource,
    String reference,
    @Nullable String credentialsRoleArn) {}
