@NullMarked
package io.stepwise.fuzzing;

import org.jspecify.annotations.NullMarked;
