/**
 * The log store: what functions write and what executions log, and whatever else clients put there.
 * Knows nothing of who writes, nor of the API it is read by.
 */
@NullMarked
package io.stepwise.logs;

import org.jspecify.annotations.NullMarked;
