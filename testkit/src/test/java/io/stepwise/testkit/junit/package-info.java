/** Tests of the server for tests. */
@NullMarked
package io.stepwise.testkit.junit;

import org.jspecify.annotations.NullMarked;
