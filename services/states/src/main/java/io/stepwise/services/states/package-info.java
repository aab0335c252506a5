/**
 * AWS Step Functions: an operation a class, in packages by resource. What operations of several
 * resources ask stands in {@code resource}.
 */
@NullMarked
package io.stepwise.services.states;

import org.jspecify.annotations.NullMarked;
