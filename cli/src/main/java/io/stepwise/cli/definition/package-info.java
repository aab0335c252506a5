/** Definitions in files: JSON or YAML, and where in them each place is. */
@NullMarked
package io.stepwise.cli.definition;

import org.jspecify.annotations.NullMarked;
