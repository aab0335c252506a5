/** Tags. */
@NullMarked
package io.stepwise.services.states.tag;

import org.jspecify.annotations.NullMarked;
