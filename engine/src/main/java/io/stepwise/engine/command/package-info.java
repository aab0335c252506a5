/** What may be asked of one execution. There is no second way to change it. */
@NullMarked
package io.stepwise.engine.command;

import org.jspecify.annotations.NullMarked;
