/** What an execution asks of the world; performed only after the commit, perhaps twice. */
@NullMarked
package io.stepwise.engine.effect;

import org.jspecify.annotations.NullMarked;
