/** Rows there and back, and rows of every released version. */
@NullMarked
package io.stepwise.storage.execution;

import org.jspecify.annotations.NullMarked;
