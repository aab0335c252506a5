/** The test kit itself under test. */
@NullMarked
package io.stepwise.scenario;

import org.jspecify.annotations.NullMarked;
