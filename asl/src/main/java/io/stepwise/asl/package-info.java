/**
 * The Amazon States Language: reads a definition, reports every problem, compiles what is valid.
 */
@NullMarked
package io.stepwise.asl;

import org.jspecify.annotations.NullMarked;
