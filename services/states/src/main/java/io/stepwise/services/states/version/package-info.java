/** Versions and the aliases that lead to them. */
@NullMarked
package io.stepwise.services.states.version;

import org.jspecify.annotations.NullMarked;
