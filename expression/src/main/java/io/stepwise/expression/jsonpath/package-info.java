/** AWS's dialect of JSONPath: paths, reference paths, intrinsic functions, payload templates. */
@NullMarked
package io.stepwise.expression.jsonpath;

import org.jspecify.annotations.NullMarked;
