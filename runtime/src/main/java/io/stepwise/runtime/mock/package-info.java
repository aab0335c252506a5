/** Mocked answers of tasks, from a file in the format of Step Functions Local. */
@NullMarked
package io.stepwise.runtime.mock;

import org.jspecify.annotations.NullMarked;
