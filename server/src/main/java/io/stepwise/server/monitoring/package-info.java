/**
 * What state machines did in the last days, kept over restarts: figures of fixed size in rings of
 * time. What is counted since the start for other systems to collect is in {@code metrics}.
 */
@NullMarked
package io.stepwise.server.monitoring;

import org.jspecify.annotations.NullMarked;
