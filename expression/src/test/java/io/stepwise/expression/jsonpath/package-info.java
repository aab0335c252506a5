/** Tests of JSON values and expressions. */
@NullMarked
package io.stepwise.expression.jsonpath;

import org.jspecify.annotations.NullMarked;
