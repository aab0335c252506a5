/** Regular expressions as JavaScript has them, whose every move is counted. */
@NullMarked
package io.stepwise.jsonata.regex;

import org.jspecify.annotations.NullMarked;
