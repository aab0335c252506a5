package io.stepwise.protocol;

import io.stepwise.edge.Handler.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The errors that operations of every service may fail with. */
public sealed interface CommonError extends AwsError {
  /** More at once than the server takes. */
  record ThrottlingException() implements CommonError {
    @Override
    public String message() {
      return "Rate exceeded";
    }
  }

  /** A token that we did not make, or that has expired. */
  record InvalidToken() implements CommonError {
    @Override
    public String message() {
      return "Invalid Token: 'Invalid token'";
    }
  }

  /** A request that breaks a rule. */
  record ValidationException(String message, @Nullable String reason) implements CommonError {
    /** Without a reason. */
    public ValidationException(String message) {
      this(message, null);
    }

    @Override
    public Map<String, String> members() {
      return reason == null ? Map.of() : Map.of("reason", reason);
    }
  }

  /** A body that is not what the service model says. */
  record SerializationException(String message) implements CommonError {}

  /** An operation that does not exist, or not yet. */
  record UnknownOperationException(String message) implements CommonError {}

  /** A body longer than AWS takes. */
  record RequestEntityTooLarge(String message) implements CommonError {
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
  record InternalFailure(String requestId) implements CommonError {
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

  /** An operation that a service of the Query protocol does not have, or not yet. */
  record InvalidAction(String action, String version) implements CommonError {
    @Override
    public String message() {
      return "Could not find operation " + action + " for version " + version;
    }
  }

  /** What a request that could not be read is told. */
  static CommonError of(Refusal refusal, String requestId) {
    return switch (refusal) {
      case BODY_TOO_LARGE -> new RequestEntityTooLarge(refusal.sentence());
      case MALFORMED -> new SerializationException(refusal.sentence());
      case FAULT -> new InternalFailure(requestId);
    };
  }
}
