/** The tests of the engine, played on storage. */
@NullMarked
package io.stepwise.engine;

import org.jspecify.annotations.NullMarked;
