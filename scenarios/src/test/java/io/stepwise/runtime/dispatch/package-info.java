@NullMarked
package io.stepwise.runtime.dispatch;

import org.jspecify.annotations.NullMarked;
