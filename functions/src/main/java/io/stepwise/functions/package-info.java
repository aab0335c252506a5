/**
 * The function host: Lambda handlers as plain local processes that speak the Lambda Runtime API.
 *
 * <pre>
 * FunctionHost ─▶ Pool of a version ─▶ Environment ─▶ process group
 *                                          └─ RuntimeApi: next, response, error, on a port of its own
 * </pre>
 */
@NullMarked
package io.stepwise.functions;

import org.jspecify.annotations.NullMarked;
