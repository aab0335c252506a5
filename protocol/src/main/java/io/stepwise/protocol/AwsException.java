package io.stepwise.protocol;

/** Carries an {@link AwsError} to where it is answered. */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AwsError error;

  AwsException(AwsError error) {
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  /** What went wrong. */
  public AwsError error() {
    return error;
  }
}
