/** The test kit itself under test. */
@NullMarked
package io.stepwise.testkit;

import org.jspecify.annotations.NullMarked;
