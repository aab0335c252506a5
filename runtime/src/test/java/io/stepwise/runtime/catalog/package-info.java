@NullMarked
package io.stepwise.runtime.catalog;

import org.jspecify.annotations.NullMarked;
