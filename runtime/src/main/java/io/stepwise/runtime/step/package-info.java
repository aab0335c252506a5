/**
 * The shard step: takes messages in, decides, makes durable, lets out; what it keeps in memory, and
 * how it goes on after a restart.
 */
@NullMarked
package io.stepwise.runtime.step;

import org.jspecify.annotations.NullMarked;
