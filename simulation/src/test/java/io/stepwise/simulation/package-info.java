/** The simulation itself under test: it must find what is planted. */
@NullMarked
package io.stepwise.simulation;

import org.jspecify.annotations.NullMarked;
