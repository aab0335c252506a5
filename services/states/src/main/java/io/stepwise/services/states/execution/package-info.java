/** Executions: started, stopped, redriven, described, listed, and their histories. */
@NullMarked
package io.stepwise.services.states.execution;

import org.jspecify.annotations.NullMarked;
