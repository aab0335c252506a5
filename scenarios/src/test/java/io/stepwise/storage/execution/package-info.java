/** Executions as rows, tested here because only scenarios make executions of every kind. */
@NullMarked
package io.stepwise.storage.execution;

import org.jspecify.annotations.NullMarked;
