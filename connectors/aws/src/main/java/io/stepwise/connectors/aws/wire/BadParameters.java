package io.stepwise.connectors.aws.wire;

/** Parameters of a task that make no request. The message is AWS's. */
public final class BadParameters extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong with them. */
  public BadParameters(String message) {
    super(message, null, false, false);
  }
}
