/**
 * Hostile inputs for a real server, from a seed, and the rules that each of its answers must keep.
 *
 * <p>What is sent is made in {@link io.stepwise.fuzzing.input}; here it is sent, judged, made small
 * and reported.
 */
@NullMarked
package io.stepwise.fuzzing;

import org.jspecify.annotations.NullMarked;
