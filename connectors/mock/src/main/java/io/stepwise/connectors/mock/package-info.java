/** Answers of tasks from a file, in the format of Step Functions Local. */
@NullMarked
package io.stepwise.connectors.mock;

import org.jspecify.annotations.NullMarked;
