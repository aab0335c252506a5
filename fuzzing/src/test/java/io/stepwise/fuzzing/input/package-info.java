@NullMarked
package io.stepwise.fuzzing.input;

import org.jspecify.annotations.NullMarked;
