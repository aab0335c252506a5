/** Runs one state by itself, with the behaviors of executions, and tells what they saw. */
@NullMarked
package io.stepwise.engine.teststate;

import org.jspecify.annotations.NullMarked;
