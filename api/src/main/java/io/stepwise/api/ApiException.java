package io.stepwise.api;

/** Carries an {@link ApiError} to where it is answered. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  ApiException(ApiError error) {
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  /** What went wrong. */
  public ApiError error() {
    return error;
  }
}
