@NullMarked
package io.stepwise.runtime.feed;

import org.jspecify.annotations.NullMarked;
