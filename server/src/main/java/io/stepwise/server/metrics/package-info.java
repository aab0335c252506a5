/** Figures of a running server, in the text format of Prometheus. */
@NullMarked
package io.stepwise.server.metrics;

import org.jspecify.annotations.NullMarked;
