/** What definitions are refused for, in AWS's words, and what the others become. */
@NullMarked
package io.stepwise.asl;

import org.jspecify.annotations.NullMarked;
