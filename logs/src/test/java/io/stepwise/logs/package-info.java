@NullMarked
package io.stepwise.logs;

import org.jspecify.annotations.NullMarked;
