/**
 * The progress of one execution: scopes, the active state of each, and the one class that changes
 * them, {@link io.stepwise.engine.execution.Evolver}.
 */
@NullMarked
package io.stepwise.engine.execution;

import org.jspecify.annotations.NullMarked;
