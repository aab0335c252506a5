@NullMarked
package io.stepwise.edge;

import org.jspecify.annotations.NullMarked;
