package io.stepwise.scenario;

import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;

/**
 * A task that waits for its outcome.
 *
 * @param state the Task state
 * @param invocations how often it was asked for; more than once only after a restart
 */
public record OpenTask(
    TaskRef task, String state, String resourceArn, Payload parameters, int invocations) {}
