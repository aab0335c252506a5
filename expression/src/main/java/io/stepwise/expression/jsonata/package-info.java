/** JSONata as AWS runs it: added functions, removed ones, budgets, exact failure texts. */
@NullMarked
package io.stepwise.expression.jsonata;

import org.jspecify.annotations.NullMarked;
