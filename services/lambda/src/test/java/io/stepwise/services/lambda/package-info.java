/** The API of Lambda, without a network. */
@NullMarked
package io.stepwise.services.lambda;

import org.jspecify.annotations.NullMarked;
