package io.stepwise.api;

import org.jspecify.annotations.Nullable;

/**
 * What an operation may fail with: each error under AWS's name, with AWS's words where they are
 * known. Source: reference/api.md.
 */
public sealed interface ApiError {
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

  /** As an exception to throw. */
  default ApiException toException() {
    return new ApiException(this);
  }

  /** More at once than the server takes. */
  record ThrottlingException() implements ApiError {
    @Override
    public String message() {
      return "Rate exceeded";
    }
  }

  /** A name is taken by another activity. */
  record ActivityAlreadyExists(String arn) implements ApiError {
    @Override
    public String message() {
      return "Activity Already Exists: '" + arn + "'";
    }
  }

  /** No such activity. */
  record ActivityDoesNotExist(String arn) implements ApiError {
    @Override
    public String message() {
      return "Activity Does Not Exist: '" + arn + "'";
    }
  }

  /** Too many activities. */
  record ActivityLimitExceeded(String message) implements ApiError {}

  /** The resource is not in a state for it. */
  record ConflictException(String message) implements ApiError {}

  /** A name is taken by another execution. */
  record ExecutionAlreadyExists(String arn) implements ApiError {
    @Override
    public String message() {
      return "Execution Already Exists: '" + arn + "'";
    }
  }

  /** No such execution. */
  record ExecutionDoesNotExist(String arn) implements ApiError {
    @Override
    public String message() {
      return "Execution Does Not Exist: '" + arn + "'";
    }
  }

  /** The execution cannot be redriven. */
  record ExecutionNotRedrivable(String message) implements ApiError {}

  /** Not an ARN, or one of a wrong kind. */
  record InvalidArn(String detail) implements ApiError {
    /** Of text that is no ARN. */
    public static InvalidArn prefix(String text) {
      return new InvalidArn("Invalid ARN prefix: " + text);
    }

    /** Of the ARN of another kind of resource. */
    public static InvalidArn type(String type) {
      return new InvalidArn("Resource type not valid in this context: " + type);
    }

    @Override
    public String message() {
      return "Invalid Arn: '" + detail + "'";
    }
  }

  /** A definition with errors. */
  record InvalidDefinition(String detail) implements ApiError {
    @Override
    public String message() {
      return "Invalid State Machine Definition: '" + detail + "'";
    }
  }

  /** A definition without errors that the operation can't work with. */
  record UnsupportedDefinition(String message) implements ApiError {
    @Override
    public String code() {
      return "InvalidDefinition";
    }
  }

  /** An encryption configuration that makes no sense. */
  record InvalidEncryptionConfiguration(String message) implements ApiError {}

  /** Input that is not JSON. */
  record InvalidExecutionInput(String detail) implements ApiError {
    @Override
    public String message() {
      return "Invalid State Machine Execution Input: '" + detail + "'";
    }
  }

  /** A logging configuration that makes no sense. */
  record InvalidLoggingConfiguration(String detail) implements ApiError {
    @Override
    public String message() {
      return "Invalid Logging Configuration: " + detail;
    }
  }

  /** A name with forbidden characters. */
  record InvalidName(String name) implements ApiError {
    @Override
    public String message() {
      return "Invalid Name: '" + name + "'";
    }
  }

  /** An output that is not JSON. */
  record InvalidOutput(String detail) implements ApiError {
    @Override
    public String message() {
      return "Invalid Output: '" + detail + "'";
    }
  }

  /** A token that we did not make, or that has expired. */
  record InvalidToken() implements ApiError {
    @Override
    public String message() {
      return "Invalid Token: 'Invalid token'";
    }
  }

  /** A request that changes nothing. */
  record MissingRequiredParameter(String message) implements ApiError {}

  /** No such resource. */
  record ResourceNotFound(String message, @Nullable String resourceName) implements ApiError {
    /** Named by its ARN. */
    public static ResourceNotFound of(String arn) {
      return new ResourceNotFound("Resource not found: '" + arn + "'", arn);
    }
  }

  /** More than there may be. */
  record ServiceQuotaExceededException(String message) implements ApiError {}

  /** A name is taken by another state machine. */
  record StateMachineAlreadyExists(String arn) implements ApiError {
    @Override
    public String message() {
      return "State Machine Already Exists: '" + arn + "'";
    }
  }

  /** The state machine is being deleted. */
  record StateMachineDeleting(String arn) implements ApiError {
    @Override
    public String message() {
      return "State Machine is Deleting: '" + arn + "'";
    }
  }

  /** No such state machine. */
  record StateMachineDoesNotExist(String arn) implements ApiError {
    @Override
    public String message() {
      return "State Machine Does Not Exist: '" + arn + "'";
    }
  }

  /** Too many state machines. */
  record StateMachineLimitExceeded(String message) implements ApiError {}

  /** Standard where Express is needed, or the other way round. */
  record StateMachineTypeNotSupported() implements ApiError {
    @Override
    public String message() {
      return "This operation is not supported by this type of state machine";
    }
  }

  /** The execution of a task does not exist. */
  record TaskDoesNotExist() implements ApiError {
    @Override
    public String message() {
      return "Task does not exist: 'Provided task does not exist'";
    }
  }

  /** A task is over. */
  record TaskTimedOut() implements ApiError {
    @Override
    public String message() {
      return "Task Timed Out: 'Provided task does not exist anymore'";
    }
  }

  /** More than 50 tags. */
  record TooManyTags(@Nullable String resourceName) implements ApiError {
    @Override
    public String message() {
      return "Too many tags: a resource may have at most 50";
    }
  }

  /** A request that breaks a rule. */
  record ValidationException(String message, @Nullable String reason) implements ApiError {
    /** Without a reason. */
    public ValidationException(String message) {
      this(message, null);
    }
  }

  /** A body that is not what the service model says. */
  record SerializationException(String message) implements ApiError {}

  /** An operation that does not exist, or not yet. */
  record UnknownOperationException(String message) implements ApiError {}

  /** A body longer than AWS takes. */
  record RequestEntityTooLarge(String message) implements ApiError {
    @Override
    public String code() {
      return "RequestEntityTooLargeException";
    }

    @Override
    public int status() {
      return 413;
    }
  }

  /** A fault of ours; the log knows more, under the request's id. */
  record InternalFailure(String requestId) implements ApiError {
    @Override
    public String message() {
      return "The request could not be processed. The server's log tells why, under request id "
          + requestId;
    }

    @Override
    public int status() {
      return 500;
    }
  }
}
