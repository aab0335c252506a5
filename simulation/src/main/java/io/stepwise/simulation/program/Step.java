package io.stepwise.simulation.program;

import java.util.List;

/** One step of a program over a number {@code v}. Every step has exactly one right result. */
public sealed interface Step {

  /** v + amount, by a Pass state in one of the languages. */
  record Add(int amount, Style style) implements Step {}

  /** How an Add is written. */
  enum Style {
    JSONPATH,
    JSONATA,
    VARIABLE
  }

  /** v, after some seconds. */
  record Pause(int seconds) implements Step {}

  /** One of two sequences, by whether v is below a bound. */
  record Choose(int bound, List<Step> below, List<Step> otherwise) implements Step {}

  /**
   * v + amount, by a task that fails so many times first; v + fallback where it fails for good.
   *
   * @param failures failures before it succeeds; more than {@link #RETRIES} fail for good
   * @param silent whether nobody ever answers: it times out
   */
  record Call(Kind kind, int amount, int failures, boolean silent, int fallback) implements Step {
    /** Retries of every call. */
    public static final int RETRIES = 2;

    /** Whether it fails for good. */
    public boolean isHopeless() {
      return silent || failures > RETRIES;
    }
  }

  /** Who does a Call. */
  enum Kind {
    LAMBDA,
    SERVICE,
    CALLBACK,
    /** A job that is begun, and looked at until it is over. */
    JOB,
    ACTIVITY
  }

  /** Bounded sum of the results of two sequences, by a Parallel state. */
  record Both(List<Step> left, List<Step> right) implements Step {}

  /** v + fallback: a Parallel or Map state one of whose branches or items fails. */
  record Broken(List<Step> healthy, boolean map, boolean distributed, int fallback)
      implements Step {}

  /** Bounded sum over three items i of the body's result for v + i, by a Map state. */
  record Each(List<Step> body, Mode mode, int concurrency) implements Step {}

  /** How an Each runs its items. */
  enum Mode {
    INLINE,
    STANDARD,
    EXPRESS
  }

  /** The result of another program, by a nested execution. */
  record Nested(String machine, List<Step> program) implements Step {}
}
