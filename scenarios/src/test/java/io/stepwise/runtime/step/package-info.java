@NullMarked
package io.stepwise.runtime.step;

import org.jspecify.annotations.NullMarked;
