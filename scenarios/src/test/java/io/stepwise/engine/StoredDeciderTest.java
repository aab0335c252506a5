package io.stepwise.engine;

/** The decider's rules once more, on the real shard step and a store. */
class StoredDeciderTest extends DeciderTest {}
