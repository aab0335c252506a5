/** From text to a tree, with positions. */
@NullMarked
package io.stepwise.jsonata.syntax;

import org.jspecify.annotations.NullMarked;
