package io.stepwise.api;

import io.stepwise.runtime.Clock;
import io.stepwise.runtime.ExecutionGateway;
import io.stepwise.runtime.catalog.Catalog;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Storage;
import java.util.concurrent.Executor;

/**
 * What operations work with.
 *
 * @param store reads executions; shared by all threads
 * @param storage the same rows, for lists
 * @param blocking runs what may wait for the disk; virtual threads
 */
public record Backend(
    ExecutionGateway gateway,
    ExecutionStore store,
    Storage storage,
    Catalog catalog,
    Clock clock,
    Executor blocking) {}
