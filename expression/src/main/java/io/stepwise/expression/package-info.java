/** JSON values and the two expression languages of the Amazon States Language. */
@NullMarked
package io.stepwise.expression;

import org.jspecify.annotations.NullMarked;
