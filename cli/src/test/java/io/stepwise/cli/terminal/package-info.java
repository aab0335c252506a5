@NullMarked
package io.stepwise.cli.terminal;

import org.jspecify.annotations.NullMarked;
