package io.stepwise.connectors.aws;

import io.stepwise.connectors.aws.wire.BadAnswer;
import io.stepwise.edge.AnswerTooLong;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorRequest;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The failures of calls that no service answered, in AWS's names and words. */
final class CallOutcomes {
  private CallOutcomes() {}

  /** Parameters that no request can be made of. */
  static ConnectorOutcome badParameters(ConnectorRequest request, List<String> problems) {
    return new Failure(
        "States.Runtime",
        "The Parameters '"
            + request.parameters().text()
            + "' could not be used to start the Task: ["
            + String.join(", ", problems)
            + "]");
  }

  /** A service that has no endpoint. */
  static ConnectorOutcome unreachable(String prefix, String serviceId) {
    return new Failure(
        prefix + ".SdkClientException",
        "Stepwise knows no endpoint of "
            + serviceId
            + ": set "
            + AwsEndpoints.variable(serviceId)
            + ", or AWS_ENDPOINT_URL for all services, to where it answers. A mock can answer"
            + " instead: --mock, or SFN_MOCK_CONFIG.");
  }

  /** A call without an answer that can be used. */
  static ConnectorOutcome noAnswer(String prefix, ConnectorRequest request, Throwable failure) {
    var cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof AnswerTooLong || cause.getCause() instanceof AnswerTooLong) {
      return new Failure(
          "States.DataLimitExceeded",
          "The task '"
              + request.resourceArn()
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.");
    }
    var said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new Failure(
        prefix + ".SdkClientException",
        cause instanceof BadAnswer
            ? "Unable to unmarshall response (" + said + ")"
            : "Unable to execute HTTP request: " + said);
  }
}
