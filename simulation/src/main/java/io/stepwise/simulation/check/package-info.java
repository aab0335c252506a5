/** What must hold whatever happens: one small checker each. */
@NullMarked
package io.stepwise.simulation.check;

import org.jspecify.annotations.NullMarked;
