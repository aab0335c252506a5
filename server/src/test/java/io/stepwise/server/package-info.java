@NullMarked
package io.stepwise.server;

import org.jspecify.annotations.NullMarked;
