package io.stepwise.expression;

/** Text that is not one JSON value. The message is the JSON parser's. */
public final class InvalidJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the parser's message. */
  public InvalidJsonException(String message) {
    super(message);
  }
}
