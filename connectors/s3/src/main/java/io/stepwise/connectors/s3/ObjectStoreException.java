package io.stepwise.connectors.s3;

/** An object or a listing can't be had; the message says why, in S3's words where S3 said it. */
public final class ObjectStoreException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a message for the Cause of a failure. */
  public ObjectStoreException(String message) {
    super(message);
  }
}
