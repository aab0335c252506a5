/** Small programs with a known result, and the state machines that compute the same. */
@NullMarked
package io.stepwise.simulation.program;

import org.jspecify.annotations.NullMarked;
