/**
 * What others need to know of the runtime: the messages that a shard takes in, the way in, and who
 * hears of what.
 */
@NullMarked
package io.stepwise.runtime.port;

import org.jspecify.annotations.NullMarked;
