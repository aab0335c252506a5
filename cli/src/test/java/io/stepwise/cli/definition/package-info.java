@NullMarked
package io.stepwise.cli.definition;

import org.jspecify.annotations.NullMarked;
