package io.stepwise.engine.execution;

/**
 * Names one attempt at a task in the whole system: the idempotency id of its effect, and what an
 * outcome must quote.
 *
 * @param executionId the execution
 * @param scopeId the scope in which the task's state is active
 * @param stamp the attempt
 */
public record TaskRef(long executionId, int scopeId, int stamp) {}
