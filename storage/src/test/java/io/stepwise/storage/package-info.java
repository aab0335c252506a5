/** The contract of stores, run by every implementation, and the layout of keys. */
@NullMarked
package io.stepwise.storage;

import org.jspecify.annotations.NullMarked;
