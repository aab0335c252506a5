/**
 * How AWS services speak on the wire, whatever they do: protocols, shapes and their constraints,
 * pages of lists, forms of errors, who asks. A service is its operations, each a name, a shape and
 * a function, in the protocol that AWS has it in.
 */
@NullMarked
package io.stepwise.protocol;

import org.jspecify.annotations.NullMarked;
