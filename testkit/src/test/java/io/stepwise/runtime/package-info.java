@NullMarked
package io.stepwise.runtime;

import org.jspecify.annotations.NullMarked;
