/** The clients of our users, made to do what one scenario says. */
@NullMarked
package io.stepwise.cli.clients;

import org.jspecify.annotations.NullMarked;
