@NullMarked
package io.stepwise.api;

import org.jspecify.annotations.NullMarked;
