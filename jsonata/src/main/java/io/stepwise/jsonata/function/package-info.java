/** The functions of the language, those AWS adds included. */
@NullMarked
package io.stepwise.jsonata.function;

import org.jspecify.annotations.NullMarked;
