package io.stepwise.protocol;

import java.util.Map;

/** What an operation may fail with, under AWS's name for it. */
public interface AwsError {
  /** What a client is told. */
  String message();

  /** AWS's name of the error. */
  default String code() {
    return getClass().getSimpleName();
  }

  /** The HTTP status. */
  default int status() {
    return 400;
  }

  /** What is told besides, by name. */
  default Map<String, String> members() {
    return Map.of();
  }

  /** What services of the REST protocols call the message, which their models have either way. */
  default String messageMember() {
    return "message";
  }

  /** As an exception to throw. */
  default AwsException toException() {
    return new AwsException(this);
  }
}
