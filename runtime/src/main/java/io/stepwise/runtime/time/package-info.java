/** The time that everything waits on: real or virtual. */
@NullMarked
package io.stepwise.runtime.time;

import org.jspecify.annotations.NullMarked;
