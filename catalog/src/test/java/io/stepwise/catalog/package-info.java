@NullMarked
package io.stepwise.catalog;

import org.jspecify.annotations.NullMarked;
