@NullMarked
package io.stepwise.server.metrics;

import org.jspecify.annotations.NullMarked;
