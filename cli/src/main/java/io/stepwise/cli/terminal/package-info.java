/** What the command line knows of terminals: colours, size, drawing in place. */
@NullMarked
package io.stepwise.cli.terminal;

import org.jspecify.annotations.NullMarked;
