/** Tests of JSON values and expressions. */
@NullMarked
package io.stepwise.expression;

import org.jspecify.annotations.NullMarked;
