/** Conditions of Choice states. */
@NullMarked
package io.stepwise.asl.choice;

import org.jspecify.annotations.NullMarked;
