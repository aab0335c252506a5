package io.stepwise.expression;

import java.util.Objects;

/**
 * One diagnostic of a template: where it stands, its code and its message, in AWS's words.
 *
 * @param path slash path, beginning with the base path the caller gave
 */
public record Problem(String path, String code, String message) {
  /** Requires all three. */
  public Problem {
    Objects.requireNonNull(path);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }
}
