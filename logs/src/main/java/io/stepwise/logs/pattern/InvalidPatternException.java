package io.stepwise.logs.pattern;

/** Text that is no filter pattern; the message says why. */
public final class InvalidPatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPatternException(String message) {
    super(message, null, false, false);
  }
}
