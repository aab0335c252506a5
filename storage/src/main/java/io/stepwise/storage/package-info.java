/**
 * Where executions are kept: an ordered key-value store behind {@link io.stepwise.storage.Storage},
 * the key layout, and the typed rows on top of it.
 *
 * <p>Here belongs what is the same for every store; RocksDB and Kafka are elsewhere.
 */
@NullMarked
package io.stepwise.storage;

import org.jspecify.annotations.NullMarked;
