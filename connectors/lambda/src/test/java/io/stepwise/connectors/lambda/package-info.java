/** What reaches a Lambda endpoint, and what does not. */
@NullMarked
package io.stepwise.connectors.lambda;

import org.jspecify.annotations.NullMarked;
