package io.stepwise.fuzzing;

import io.stepwise.fuzzing.input.Case.Step;

/**
 * An answer that broke a rule.
 *
 * @param sent the step as it was sent
 * @param answer what came back, or why nothing did
 */
record Failure(String rule, Step sent, String answer) {
  private static final int SHOWN_MAX = 1_500;

  /** Whether another failure is of the same kind, so that one of them is enough to look at. */
  boolean isLike(Failure other) {
    return rule.equals(other.rule) && sent.operation().equals(other.sent.operation());
  }

  /** The failure in a few lines. */
  String told() {
    return "  rule      %s%n  operation %s%n  sent      %s%n  answered  %s"
        .formatted(rule, sent.operation(), shown(sent.body()), shown(answer));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX
        ? text
        : text.substring(0, SHOWN_MAX) + "... (" + text.length() + " characters)";
  }
}
