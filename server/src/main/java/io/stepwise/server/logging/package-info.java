/** How a server's log looks, and its line for each request. */
@NullMarked
package io.stepwise.server.logging;

import org.jspecify.annotations.NullMarked;
