/** State machines: created, changed, deleted, described, listed, validated. */
@NullMarked
package io.stepwise.services.states.statemachine;

import org.jspecify.annotations.NullMarked;
