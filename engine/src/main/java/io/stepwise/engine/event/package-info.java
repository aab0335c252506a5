/**
 * What happened to an execution: history events in AWS's words, and progress that AWS does not
 * show.
 */
@NullMarked
package io.stepwise.engine.event;

import org.jspecify.annotations.NullMarked;
