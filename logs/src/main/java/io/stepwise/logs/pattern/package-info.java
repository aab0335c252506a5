/**
 * Filter patterns: which log events are looked for. Source: AWS, "Filter pattern syntax for metric
 * filters, subscription filters, filter log events, and Live Tail".
 */
@NullMarked
package io.stepwise.logs.pattern;

import org.jspecify.annotations.NullMarked;
