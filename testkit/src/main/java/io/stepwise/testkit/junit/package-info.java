/** A server for the tests of state machines: started by JUnit, emptied between tests. */
@NullMarked
package io.stepwise.testkit.junit;

import org.jspecify.annotations.NullMarked;
