package io.stepwise.connectors.aws;

import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModel;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.wire.ServiceFailure;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorRequest;
import java.util.concurrent.CompletableFuture;

/** Tasks that call any action of any service: {@code aws-sdk:SERVICE:ACTION}. */
public final class AwsSdkConnector implements Connector {
  private final ServiceModels models;
  private final ServiceCalls calls;

  /** A connector to the services of {@code models}. */
  public AwsSdkConnector(ServiceModels models, ServiceCalls calls) {
    this.models = models;
    this.calls = calls;
  }

  @Override
  public boolean supports(String service, String action) {
    return service.startsWith(ServiceCatalogue.SDK);
  }

  @Override
  public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    var name = ServiceCatalogue.sdkName(request.service());
    var service = models.find(name, Dialect.SDK).orElse(null);
    var operation = service == null ? null : service.operation(request.action()).orElse(null);
    if (service == null || operation == null) {
      return done(
          new Failure(
              "Stepwise.UnsupportedIntegration",
              "Stepwise has no model of the action "
                  + name
                  + ":"
                  + request.action()
                  + ". A mock can answer it: --mock, or SFN_MOCK_CONFIG."));
    }
    if (operation.isEventStream()) {
      return done(
          new Failure(
              "Stepwise.UnsupportedIntegration",
              "The action "
                  + name
                  + ":"
                  + request.action()
                  + " answers with a stream of events,"
                  + " which no task can take."));
    }
    if (!calls.reaches(service)) {
      return done(CallOutcomes.unreachable(service.prefix(), service.serviceId()));
    }
    return calls.checked(
        request,
        operation,
        () -> ServiceQuirks.parameters(service, operation, request.parameters().tree()),
        parameters ->
            calls.call(
                request,
                service,
                operation,
                parameters,
                service.prefix(),
                answer ->
                    switch (answer) {
                      case AwsClient.Answer.Done(var result, _) ->
                          new ConnectorOutcome.Success(Payload.of(result));
                      case AwsClient.Answer.Refused(var failure) -> refused(service, failure);
                    }));
  }

  private static ConnectorOutcome refused(ServiceModel service, ServiceFailure failure) {
    var message = failure.message() == null ? "null" : failure.message();
    return new Failure(
        service.errorName(failure.code()),
        message
            + " (Service: "
            + service.prefix()
            + ", Status Code: "
            + failure.status()
            + ", Request ID: "
            + (failure.requestId().isEmpty() ? "null" : failure.requestId())
            + failure.extendedRequestId().map(id -> ", Extended Request ID: " + id).orElse("")
            + ")");
  }

  private static CompletableFuture<ConnectorOutcome> done(ConnectorOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
