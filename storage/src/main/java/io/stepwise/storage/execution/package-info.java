/**
 * Executions as rows: tables with verbs for who writes, reads, lists, sends again, wakes and
 * removes. Keys and binary forms stay in here. Every row begins with a version; released versions
 * stay readable.
 *
 * <p>{@link io.stepwise.storage.execution.ExecutionWriter} is for the thread of a shard; everything
 * else only reads.
 */
@NullMarked
package io.stepwise.storage.execution;

import org.jspecify.annotations.NullMarked;
