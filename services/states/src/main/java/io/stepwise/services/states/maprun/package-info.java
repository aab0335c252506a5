/** Map runs. */
@NullMarked
package io.stepwise.services.states.maprun;

import org.jspecify.annotations.NullMarked;
