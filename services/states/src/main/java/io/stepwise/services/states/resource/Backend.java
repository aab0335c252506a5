package io.stepwise.services.states.resource;

import io.stepwise.catalog.Catalog;
import io.stepwise.engine.Limits;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.dispatch.TaskCalls;
import io.stepwise.runtime.port.ExecutionGateway;
import io.stepwise.runtime.time.Clock;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * What operations work with.
 *
 * @param executions reads them; shared by all threads
 * @param index lists them
 * @param blocking runs what may wait for the disk; virtual threads
 * @param tasks has the work of states under test done
 * @param limits bounds of executions and of states under test
 * @param mocks the test cases that a start may name
 * @param hasLogGroup whether there is a log group of an ARN, without {@code :*}
 */
public record Backend(
    ExecutionGateway gateway,
    ExecutionReader executions,
    ExecutionIndex index,
    Catalog catalog,
    Clock clock,
    Executor blocking,
    TaskCalls tasks,
    Limits limits,
    Mocks mocks,
    Predicate<String> hasLogGroup) {}
