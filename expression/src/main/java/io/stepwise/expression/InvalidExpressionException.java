package io.stepwise.expression;

/**
 * Text that is no valid expression of its language, found when a definition is compiled.
 *
 * <p>{@link #getMessage()} is the diagnostic's message in AWS's words.
 */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int position;

  /** With the diagnostic code, e.g. {@code INVALID_JSONATA_EXPRESSION}, and its message. */
  public InvalidExpressionException(String code, String message) {
    this(code, message, -1);
  }

  /** As well with the offset of what is wrong in the expression. */
  public InvalidExpressionException(String code, String message, int position) {
    super(message, null, false, false);
    this.code = code;
    this.position = position;
  }

  /** Where in the expression it is wrong: an offset, or -1 where that is not known. */
  public int position() {
    return position;
  }

  /** The diagnostic code. */
  public String code() {
    return code;
  }
}
