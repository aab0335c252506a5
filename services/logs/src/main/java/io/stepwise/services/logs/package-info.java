/**
 * AWS CloudWatch Logs: an operation a method, by resource, on the log store. Names, forms, limits
 * and errors of the API stay here.
 */
@NullMarked
package io.stepwise.services.logs;

import org.jspecify.annotations.NullMarked;
