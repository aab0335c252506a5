/**
 * The AWS JSON 1.0 protocol: reads requests, checks them against the constraints of the service
 * model, runs operations, words errors. What an operation does is in {@code operation}.
 */
@NullMarked
package io.stepwise.api;

import org.jspecify.annotations.NullMarked;
