/** Showing an execution while it runs: as a tree, as lines. */
@NullMarked
package io.stepwise.cli.run;

import org.jspecify.annotations.NullMarked;
