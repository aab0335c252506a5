/** The history of an execution as AWS shows it: events as JSON. */
@NullMarked
package io.stepwise.engine.history;

import org.jspecify.annotations.NullMarked;
