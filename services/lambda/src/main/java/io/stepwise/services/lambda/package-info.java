/**
 * AWS Lambda: functions as resources, and Invoke, on the function host.
 *
 * <pre>
 * operations ─▶ LambdaFunctions (what there is) ─▶ catalog
 *          └──▶ Invoker ─▶ functions (what runs)
 * </pre>
 */
@NullMarked
package io.stepwise.services.lambda;

import org.jspecify.annotations.NullMarked;
