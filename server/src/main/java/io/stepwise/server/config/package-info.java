/** What a server is told at its start: options and environment. */
@NullMarked
package io.stepwise.server.config;

import org.jspecify.annotations.NullMarked;
