@NullMarked
package io.stepwise.logs.pattern;

import org.jspecify.annotations.NullMarked;
