/**
 * The whole engine on virtual time, from a seed: generated state machines, workers that crash at
 * any point, outcomes that come late, twice and in any order; and checkers of what must hold.
 */
@NullMarked
package io.stepwise.simulation;

import org.jspecify.annotations.NullMarked;
