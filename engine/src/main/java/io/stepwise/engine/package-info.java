/**
 * The engine: {@link io.stepwise.engine.Decider} turns a command into events and effects.
 *
 * <p>Pure: no I/O, no threads, no clock, no randomness but the {@code Moment} of the command, no
 * logging.
 */
@NullMarked
package io.stepwise.engine;

import org.jspecify.annotations.NullMarked;
