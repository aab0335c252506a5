/** Tests of the language as a whole. */
@NullMarked
package io.stepwise.jsonata;

import org.jspecify.annotations.NullMarked;
