/**
 * What is AWS's and nobody's in particular: ARNs as types, where things are, which integrations
 * there are and what their services answer. Knows nothing of Stepwise.
 */
@NullMarked
package io.stepwise.aws;

import org.jspecify.annotations.NullMarked;
