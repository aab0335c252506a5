/**
 * The intrinsic functions {@code States.*}, on JSON values. Source: AWS developer guide, intrinsic
 * functions. Parsing of calls is not here.
 */
@NullMarked
package io.stepwise.expression.jsonpath.functions;

import org.jspecify.annotations.NullMarked;
