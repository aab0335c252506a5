/**
 * What is sent: requests from the shapes of the operations, definitions, expressions and payloads
 * from grammars. Everything here is a function of a {@link io.stepwise.fuzzing.input.Dice}.
 */
@NullMarked
package io.stepwise.fuzzing.input;

import org.jspecify.annotations.NullMarked;
