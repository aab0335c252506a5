/** The compiled form: one small object for each operation. */
@NullMarked
package io.stepwise.jsonata.node;

import org.jspecify.annotations.NullMarked;
