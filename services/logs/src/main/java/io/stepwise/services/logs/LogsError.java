package io.stepwise.services.logs;

import io.stepwise.protocol.AwsError;
import io.stepwise.protocol.AwsException;
import io.stepwise.protocol.CommonError;
import java.util.Optional;

/** What operations of CloudWatch Logs may fail with. Source: its service model. */
sealed interface LogsError extends AwsError {
  /** Something that was named is not there. */
  record ResourceNotFoundException(String message) implements LogsError {
    static AwsException ofGroup() {
      return new ResourceNotFoundException("The specified log group does not exist.").toException();
    }

    static AwsException ofStream() {
      return new ResourceNotFoundException("The specified log stream does not exist.")
          .toException();
    }
  }

  /** Something is there already. */
  record ResourceAlreadyExistsException(String message) implements LogsError {}

  /** A parameter is not what it may be. */
  record InvalidParameterException(String message) implements LogsError {}

  /** More tags than a resource may have. */
  record TooManyTagsException(String message) implements LogsError {}

  /** What breaks a constraint of the model is an invalid parameter to this service. */
  static Optional<AwsError> of(Throwable failure) {
    return failure instanceof AwsException refusal
            && refusal.error() instanceof CommonError.ValidationException violation
        ? Optional.of(new InvalidParameterException(violation.message()))
        : Optional.empty();
  }
}
