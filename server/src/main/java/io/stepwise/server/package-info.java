/** The server: configuration, wiring by constructors, health, examples. */
@NullMarked
package io.stepwise.server;

import org.jspecify.annotations.NullMarked;
