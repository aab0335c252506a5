/**
 * One behavior per state type, and the conduct they share: data flow, retries, catchers, failures.
 */
@NullMarked
package io.stepwise.engine.behavior;

import org.jspecify.annotations.NullMarked;
