/** From the tree of a valid definition to the model; reports nothing, as all has been checked. */
@NullMarked
package io.stepwise.asl.compilation;

import org.jspecify.annotations.NullMarked;
