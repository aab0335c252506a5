/**
 * State machines under test: virtual time, scripted task outcomes, and scenarios that drive the
 * real shard step in one thread. No server, no sleeping.
 */
@NullMarked
package io.stepwise.scenario;

import org.jspecify.annotations.NullMarked;
