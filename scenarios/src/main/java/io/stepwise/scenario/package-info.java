/**
 * What tests of the shard step go by: virtual time, and oracles of what is stored. The tests here
 * drive state machines through the real step and a store in one thread: no server, no sleeping.
 */
@NullMarked
package io.stepwise.scenario;

import org.jspecify.annotations.NullMarked;
