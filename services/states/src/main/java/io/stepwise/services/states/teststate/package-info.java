/** TestState: a state tried out, its request, mocks and answer. */
@NullMarked
package io.stepwise.services.states.teststate;

import org.jspecify.annotations.NullMarked;
