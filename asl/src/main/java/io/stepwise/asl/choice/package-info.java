/** The conditions of Choice states, compiled: data tests, And, Or, Not, JSONata. */
@NullMarked
package io.stepwise.asl.choice;

import org.jspecify.annotations.NullMarked;
