/** What the architecture forbids, on purpose: the rules are tested against it. */
@NullMarked
package io.stepwise.engine.deliberate;

import org.jspecify.annotations.NullMarked;
