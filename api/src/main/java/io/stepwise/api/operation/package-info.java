/** The operations of AWS Step Functions, a class each; {@code Operations} lists them. */
@NullMarked
package io.stepwise.api.operation;

import org.jspecify.annotations.NullMarked;
