/** Stepwise in one process: a RocksDB store and a plain loop per shard worker. */
@NullMarked
package io.stepwise.host.embedded;

import org.jspecify.annotations.NullMarked;
