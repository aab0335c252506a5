@NullMarked
package io.stepwise.connectors.mock;

import org.jspecify.annotations.NullMarked;
