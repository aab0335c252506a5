/** The command {@code stepwise}: one class per subcommand. */
@NullMarked
package io.stepwise.cli;

import org.jspecify.annotations.NullMarked;
