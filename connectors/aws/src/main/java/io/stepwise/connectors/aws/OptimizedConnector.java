package io.stepwise.connectors.aws;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import io.stepwise.integration.SdkMetadata;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The optimized integrations whose calls are calls of a service's operations: what differs between
 * them is in {@link OptimizedService} and {@link OptimizedAction}.
 */
public final class OptimizedConnector implements Connector {
  private final ServiceModels models;
  private final ServiceCalls calls;
  private final Jobs jobs;

  /** A connector to the services of {@code models}. */
  public OptimizedConnector(ServiceModels models, ServiceCalls calls) {
    this.models = models;
    this.calls = calls;
    this.jobs = new ServiceJobs(models, calls);
  }

  /** Whether an optimized integration is one of these, and waits as the pattern says. */
  public static boolean calls(String service, String action, IntegrationPattern pattern) {
    var optimized = OptimizedService.ALL.get(service);
    return optimized != null
        && isThere(service, action)
        && (pattern != IntegrationPattern.SYNC || optimized.jobs().containsKey(action));
  }

  @Override
  public boolean supports(String service, String action) {
    return isThere(service, action);
  }

  private static boolean isThere(String service, String action) {
    return OptimizedService.ALL.containsKey(service)
        && !OptimizedAction.NOT_YET.contains(service + ":" + action);
  }

  @Override
  public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    var optimized = OptimizedService.ALL.get(request.service());
    if (optimized == null) {
      throw new IllegalStateException("Expected a service with optimized integrations");
    }
    var waits = request.pattern() == IntegrationPattern.SYNC;
    var job = optimized.jobs().get(request.action());
    if (waits && job == null) {
      // What would be said to have ended has not.
      return done(Failure.unsupported(request.resourceArn()));
    }
    var action = OptimizedAction.of(request.service(), request.action());
    var service = models.find(action.model(optimized.model()), Dialect.OPTIMIZED).orElseThrow();
    var operation = service.operation(action.operation()).orElseThrow();
    if (!calls.reaches(service)) {
      return done(CallOutcomes.unreachable(optimized.prefix(), service.serviceId()));
    }
    return calls.checked(
        request,
        operation,
        () -> action.parameters(request, request.parameters().tree()),
        parameters ->
            calls.call(
                request,
                service,
                operation,
                parameters,
                optimized.prefix(),
                answer ->
                    switch (answer) {
                      case AwsClient.Answer.Done(var result, var response) ->
                          begun(
                              waits ? job : null,
                              request,
                              action.outcome(request, shown(optimized, result, response)));
                      case AwsClient.Answer.Refused(var failure) ->
                          optimized.refused(service, failure);
                    }));
  }

  private static ConnectorOutcome begun(
      @Nullable JobRule job, ConnectorRequest request, ConnectorOutcome outcome) {
    if (job == null || !(outcome instanceof ConnectorOutcome.Success(var output))) {
      return outcome;
    }
    return ServiceJobs.reference(job, request, output)
        .<ConnectorOutcome>map(reference -> new ConnectorOutcome.Submitted(output, reference))
        .orElseGet(
            () ->
                new Failure(
                    "States.TaskFailed",
                    "The service did not say what the job is called: " + output.text()));
  }

  @Override
  public Optional<Jobs> jobs() {
    return Optional.of(jobs);
  }

  private static ObjectNode shown(
      OptimizedService optimized, ObjectNode result, WireResponse response) {

    if (!optimized.showsMetadata()) {
      return result;
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    response.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    SdkMetadata.put(result, headers, response.status(), requestId(response));
    return result;
  }

  private static String requestId(WireResponse response) {
    return response
        .header("x-amzn-RequestId")
        .or(() -> response.header("x-amz-request-id"))
        .orElse("");
  }

  private static CompletableFuture<ConnectorOutcome> done(ConnectorOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
