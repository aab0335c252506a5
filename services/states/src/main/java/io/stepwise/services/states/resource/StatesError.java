package io.stepwise.services.states.resource;

import io.stepwise.protocol.AwsError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of Step Functions may fail with, besides what every service's may: each error
 * under AWS's name, with AWS's words where they are known. Source: AWS, "Step Functions API
 * Reference".
 */
public sealed interface StatesError extends AwsError {
  /** A name is taken by another activity. */
  record ActivityAlreadyExists(String arn) implements StatesError {
    @Override
    public String message() {
      return "Activity Already Exists: '" + arn + "'";
    }
  }

  /** No such activity. */
  record ActivityDoesNotExist(String arn) implements StatesError {
    @Override
    public String message() {
      return "Activity Does Not Exist: '" + arn + "'";
    }
  }

  /** Too many activities. */
  record ActivityLimitExceeded(String message) implements StatesError {}

  /** The resource is not in a state for it. */
  record ConflictException(String message) implements StatesError {}

  /** A name is taken by another execution. */
  record ExecutionAlreadyExists(String arn) implements StatesError {
    @Override
    public String message() {
      return "Execution Already Exists: '" + arn + "'";
    }
  }

  /** No such execution. */
  record ExecutionDoesNotExist(String arn) implements StatesError {
    @Override
    public String message() {
      return "Execution Does Not Exist: '" + arn + "'";
    }
  }

  /** The execution cannot be redriven. */
  record ExecutionNotRedrivable(String message) implements StatesError {}

  /** Not an ARN, or one of a wrong kind. */
  record InvalidArn(String detail) implements StatesError {
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
  record InvalidDefinition(String detail) implements StatesError {
    @Override
    public String message() {
      return "Invalid State Machine Definition: '" + detail + "'";
    }
  }

  /** A definition without errors that the operation can't work with. */
  record UnsupportedDefinition(String message) implements StatesError {
    @Override
    public String code() {
      return "InvalidDefinition";
    }
  }

  /** An encryption configuration that makes no sense. */
  record InvalidEncryptionConfiguration(String message) implements StatesError {}

  /** Input that is not JSON. */
  record InvalidExecutionInput(String detail) implements StatesError {
    @Override
    public String message() {
      return "Invalid State Machine Execution Input: '" + detail + "'";
    }
  }

  /** A logging configuration that makes no sense. */
  record InvalidLoggingConfiguration(String detail) implements StatesError {
    @Override
    public String message() {
      return "Invalid Logging Configuration: " + detail;
    }
  }

  /** A name with forbidden characters. */
  record InvalidName(String name) implements StatesError {
    @Override
    public String message() {
      return "Invalid Name: '" + name + "'";
    }
  }

  /** An output that is not JSON. */
  record InvalidOutput(String detail) implements StatesError {
    @Override
    public String message() {
      return "Invalid Output: '" + detail + "'";
    }
  }

  /** A request that changes nothing. */
  record MissingRequiredParameter(String message) implements StatesError {}

  /** No such resource. */
  record ResourceNotFound(String message, @Nullable String resourceName) implements StatesError {
    /** Named by its ARN. */
    public static ResourceNotFound of(String arn) {
      return new ResourceNotFound("Resource not found: '" + arn + "'", arn);
    }

    @Override
    public Map<String, String> members() {
      return resourceName == null ? Map.of() : Map.of("resourceName", resourceName);
    }
  }

  /** More than there may be. */
  record ServiceQuotaExceededException(String message) implements StatesError {}

  /** A name is taken by another state machine. */
  record StateMachineAlreadyExists(String arn) implements StatesError {
    @Override
    public String message() {
      return "State Machine Already Exists: '" + arn + "'";
    }
  }

  /** The state machine is being deleted. */
  record StateMachineDeleting(String arn) implements StatesError {
    @Override
    public String message() {
      return "State Machine is Deleting: '" + arn + "'";
    }
  }

  /** No such state machine. */
  record StateMachineDoesNotExist(String arn) implements StatesError {
    @Override
    public String message() {
      return "State Machine Does Not Exist: '" + arn + "'";
    }
  }

  /** Too many state machines. */
  record StateMachineLimitExceeded(String message) implements StatesError {}

  /** Standard where Express is needed, or the other way round. */
  record StateMachineTypeNotSupported() implements StatesError {
    @Override
    public String message() {
      return "This operation is not supported by this type of state machine";
    }
  }

  /** The execution of a task does not exist. */
  record TaskDoesNotExist() implements StatesError {
    @Override
    public String message() {
      return "Task does not exist: 'Provided task does not exist'";
    }
  }

  /** A task is over. */
  record TaskTimedOut() implements StatesError {
    @Override
    public String message() {
      return "Task Timed Out: 'Provided task does not exist anymore'";
    }
  }

  /** More than 50 tags. */
  record TooManyTags(@Nullable String resourceName) implements StatesError {
    @Override
    public String message() {
      return "Too many tags: a resource may have at most 50";
    }

    @Override
    public Map<String, String> members() {
      return resourceName == null ? Map.of() : Map.of("resourceName", resourceName);
    }
  }
}
