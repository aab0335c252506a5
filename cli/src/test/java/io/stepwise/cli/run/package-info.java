@NullMarked
package io.stepwise.cli.run;

import org.jspecify.annotations.NullMarked;
