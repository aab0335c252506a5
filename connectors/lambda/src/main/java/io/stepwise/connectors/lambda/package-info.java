/** Lambda over its Invoke API: functions by ARN, and {@code lambda:invoke}. */
@NullMarked
package io.stepwise.connectors.lambda;

import org.jspecify.annotations.NullMarked;
