/** The engine's rules, played on the decider alone. */
@NullMarked
package io.stepwise.engine;

import org.jspecify.annotations.NullMarked;
