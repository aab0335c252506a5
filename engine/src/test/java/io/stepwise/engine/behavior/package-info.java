/** What each kind of state does, as histories. */
@NullMarked
package io.stepwise.engine.behavior;

import org.jspecify.annotations.NullMarked;
