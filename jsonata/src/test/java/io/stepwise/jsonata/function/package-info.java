@NullMarked
package io.stepwise.jsonata.function;

import org.jspecify.annotations.NullMarked;
