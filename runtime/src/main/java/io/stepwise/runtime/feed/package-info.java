/**
 * The one way by which others learn of what was decided: after the commit, in the order of each
 * lane, each consumer at a pace of its own.
 *
 * <p>What must hear at once, on the shard's thread, is a {@link
 * io.stepwise.runtime.DecisionListener}; it belongs to the engine's own surroundings only.
 */
@NullMarked
package io.stepwise.runtime.feed;

import org.jspecify.annotations.NullMarked;
