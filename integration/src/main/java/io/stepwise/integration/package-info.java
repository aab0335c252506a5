/**
 * How a Task state reaches the world: one request in, one outcome out.
 *
 * <p>Vendor clients live in connectors; the patterns {@code .sync} and {@code .waitForTaskToken}
 * belong to the engine.
 */
@NullMarked
package io.stepwise.integration;

import org.jspecify.annotations.NullMarked;
