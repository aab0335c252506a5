/**
 * The JSONata language, usable alone: compile once, evaluate as often as needed, within a budget.
 */
@NullMarked
package io.stepwise.jsonata;

import org.jspecify.annotations.NullMarked;
