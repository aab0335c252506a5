package io.stepwise.asl.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a state goes when it is done.
 *
 * @param next name of the next state, or null for {@code "End": true}
 */
public record Transition(@Nullable String next) {
  /** {@code "End": true}. */
  public static final Transition END = new Transition(null);
}
