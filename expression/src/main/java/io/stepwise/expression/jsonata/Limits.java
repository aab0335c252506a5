package io.stepwise.expression.jsonata;

import io.stepwise.jsonata.Budget;
import io.stepwise.jsonata.BudgetExceededException.Limit;

/**
 * The bounds of one evaluation.
 *
 * <p>The measure of memory follows from what AWS lets pass: 12 bytes an array element that is a
 * number and 2 bytes a character in 10 MiB fit {@code [1..873782]} but not one more, and text of
 * 2^22 characters but not of 2^23. Source: measured.
 */
final class Limits {
  /** Of one value. Units: bytes. The environment of an expression takes the rest of the 10 MiB. */
  static final long VALUE_BYTES_MAX = (10 << 20) - 370;

  /**
   * Of all values on the way. Units: bytes of the heap. Ours: twice the largest array, and as much
   * as a collection can move without keeping others waiting.
   */
  static final long TOTAL_BYTES_MAX = 40 << 20;

  /** Units: nested expressions. Limits: a sum of 200 terms fails, AWS. */
  private static final int DEPTH_MAX = 199;

  /** Units: steps. Ours: half a second or so; a shard goes on with its other work meanwhile. */
  static final long STEPS_MAX = 10_000_000;

  static final Budget BUDGET = new Budget(STEPS_MAX, DEPTH_MAX, VALUE_BYTES_MAX, TOTAL_BYTES_MAX);

  private Limits() {}

  /** What AWS says where a bound is exceeded. */
  static String message(Limit limit) {
    return switch (limit) {
      case STEPS -> "Expression evaluation timeout: Check for infinite loop";
      case DEPTH ->
          "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting"
              + " as tail-recursive. Depth=%d max=%d".formatted(DEPTH_MAX + 1, DEPTH_MAX);
      case BYTES -> "Expression evaluation memory limit exceeded: Check for excessive memory usage";
    };
  }
}
