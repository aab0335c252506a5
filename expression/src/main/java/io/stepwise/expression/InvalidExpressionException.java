package io.stepwise.expression;

/**
 * Text that is no valid expression of its language, found when a definition is compiled.
 *
 * <p>{@link #getMessage()} is the diagnostic's message in AWS's words.
 */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** With the diagnostic code, e.g. {@code INVALID_JSONATA_EXPRESSION}, and its message. */
  public InvalidExpressionException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The diagnostic code. */
  public String code() {
    return code;
  }
}
