/** How a server's log looks. */
@NullMarked
package io.stepwise.server.logging;

import org.jspecify.annotations.NullMarked;
