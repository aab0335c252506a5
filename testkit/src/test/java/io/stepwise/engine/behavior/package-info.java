/**
 * Scenarios of the engine's behaviors. They live here, not beside the engine, because they drive it
 * through the real shard step and storage, which the engine must not know.
 */
@NullMarked
package io.stepwise.engine.behavior;

import org.jspecify.annotations.NullMarked;
