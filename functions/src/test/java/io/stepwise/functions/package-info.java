/** Handlers of each runtime in real processes. */
@NullMarked
package io.stepwise.functions;

import org.jspecify.annotations.NullMarked;
