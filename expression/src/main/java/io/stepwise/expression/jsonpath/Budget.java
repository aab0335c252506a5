package io.stepwise.expression.jsonpath;

import io.stepwise.expression.MeteredText;
import io.stepwise.jsonata.Pace;

/**
 * The work one evaluation of an indefinite path may do, so that no document and no pattern, however
 * hostile, can hold a shard.
 *
 * <p>Units: visited nodes and characters looked at by a regular expression. Not thread safe.
 */
final class Budget {
  /** Limits: ours; a 256 KiB document visited by a nested deep scan stays far below. */
  static final int STEPS_MAX = 20_000_000;

  private final Pace pace;
  private long steps;
  private long told;

  /** Steps after which they are looked at: the last there are, or the pace wants to hear. */
  private long stop;

  /** One of which nothing is spent. */
  Budget(Pace pace) {
    this.pace = pace;
    lookAhead();
  }

  private void lookAhead() {
    stop = steps + Math.min(STEPS_MAX - steps, pace.stepsAhead());
  }

  /** Pays for one unit. Errors: {@link ExhaustedException} when nothing is left. */
  void spend() {
    if (++steps > stop) {
      stopped();
    }
  }

  private void stopped() {
    if (steps > STEPS_MAX) {
      throw new ExhaustedException();
    }
    ended();
    lookAhead();
  }

  /** Is over: the pace hears of what it has not heard of yet. */
  void ended() {
    var since = steps - told;
    told = steps;
    pace.passed(since);
  }

  /** The text as regular expressions should see it: every character looked at is paid for. */
  CharSequence metered(String text) {
    return new MeteredText(text, this::spend);
  }

  /** The evaluation took too much work. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("the path takes too much work to evaluate", null, false, false);
    }
  }
}
