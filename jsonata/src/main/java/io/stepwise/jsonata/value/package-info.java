/** What an evaluation computes with: JSON values, sequences, functions, and what they cost. */
@NullMarked
package io.stepwise.jsonata.value;

import org.jspecify.annotations.NullMarked;
