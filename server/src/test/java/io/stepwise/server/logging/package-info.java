/** Tests of the log's format. */
@NullMarked
package io.stepwise.server.logging;

import org.jspecify.annotations.NullMarked;
