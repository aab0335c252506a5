@NullMarked
package io.stepwise.cli;

import org.jspecify.annotations.NullMarked;
