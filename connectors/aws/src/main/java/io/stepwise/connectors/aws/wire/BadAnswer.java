package io.stepwise.connectors.aws.wire;

/** An answer that is not in the protocol of its service. */
public final class BadAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with it. */
  public BadAnswer(String message) {
    super(message, null, false, false);
  }
}
