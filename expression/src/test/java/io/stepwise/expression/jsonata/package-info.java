/** Tests of JSON values and expressions. */
@NullMarked
package io.stepwise.expression.jsonata;

import org.jspecify.annotations.NullMarked;
