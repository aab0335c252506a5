package io.stepwise.storage.execution;

/**
 * Where a payload is stored, so that it is stored once.
 *
 * @param executionId the execution that holds it; another execution stores its own copy
 * @param chunk first event id of the history row, or the negative event id of a payload row
 * @param index position in that row's table, or number of the payload row
 */
record Home(long executionId, long chunk, int index) {}
