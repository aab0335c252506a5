package io.stepwise.services.lambda;

import io.stepwise.protocol.AwsError;
import java.util.Map;

/** What operations of Lambda may fail with. Source: Lambda's service model. */
sealed interface LambdaError extends AwsError {
  /** Something that was named is not there. */
  record ResourceNotFoundException(String message) implements LambdaError {
    @Override
    public int status() {
      return 404;
    }

    @Override
    public String messageMember() {
      return "Message";
    }
  }

  /** Something is there already, or is being changed. */
  record ResourceConflictException(String message) implements LambdaError {
    @Override
    public int status() {
      return 409;
    }
  }

  /** A parameter is not what it may be. */
  record InvalidParameterValueException(String message) implements LambdaError {}

  /** A payload is no JSON. */
  record InvalidRequestContentException(String message) implements LambdaError {}

  /** What was changed has been changed by somebody else. */
  record PreconditionFailedException(String message) implements LambdaError {
    @Override
    public int status() {
      return 412;
    }
  }

  /** A request is too large. */
  record RequestEntityTooLargeException(String message) implements LambdaError {
    @Override
    public int status() {
      return 413;
    }
  }

  /** Too many calls are under way. */
  record TooManyRequestsException(String reason) implements LambdaError {
    @Override
    public String message() {
      return "Rate Exceeded.";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Map<String, String> members() {
      return Map.of("Reason", reason);
    }
  }

  /** The runtime of a function is not on this machine. */
  record InvalidRuntimeException(String message) implements LambdaError {
    @Override
    public int status() {
      return 502;
    }
  }
}
