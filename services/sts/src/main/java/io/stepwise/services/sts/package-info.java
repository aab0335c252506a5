/** AWS STS, as far as tools ask it who they are. */
@NullMarked
package io.stepwise.services.sts;

import org.jspecify.annotations.NullMarked;
