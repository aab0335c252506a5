@NullMarked
package io.stepwise.protocol;

import org.jspecify.annotations.NullMarked;
