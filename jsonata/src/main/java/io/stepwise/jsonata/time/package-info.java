/** Dates, times and numbers by picture strings. */
@NullMarked
package io.stepwise.jsonata.time;

import org.jspecify.annotations.NullMarked;
