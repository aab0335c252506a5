/** The binary form of rows. Every row begins with a version; released versions stay readable. */
@NullMarked
package io.stepwise.storage.codec;

import org.jspecify.annotations.NullMarked;
