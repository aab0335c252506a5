@NullMarked
package io.stepwise.server.monitoring;

import org.jspecify.annotations.NullMarked;
