package io.stepwise.server;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.ServiceCatalogue;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.AssumedRoles;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.connectors.aws.AwsCredentials;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.connectors.aws.AwsSdkConnector;
import io.stepwise.connectors.aws.OptimizedConnector;
import io.stepwise.connectors.aws.ServiceCalls;
import io.stepwise.connectors.aws.Transport;
import io.stepwise.connectors.lambda.LambdaConnector;
import io.stepwise.connectors.s3.ObjectItems;
import io.stepwise.connectors.s3.S3;
import io.stepwise.edge.HttpClient;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Functions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What does the work of tasks: the connectors to AWS's services, wired. */
public final class ServiceConnectors {
  private ServiceConnectors() {}

  /** Whether an integration can be called at all, given an endpoint. */
  public static boolean canCall(String service, String action, IntegrationPattern pattern) {
    return service.startsWith(ServiceCatalogue.SDK)
        || service.equals("lambda")
        || service.equals("states")
        || OptimizedConnector.calls(service, action, pattern);
  }

  /**
   * The connectors of a server or of a run without one.
   *
   * @param functions what tasks of Lambda call
   * @param credentials to sign with, if there are any
   * @param inside services that are there without an endpoint, by their ids
   */
  public static Connectors of(
      Functions functions,
      AwsEndpoints endpoints,
      Optional<AwsCredentials> credentials,
      HttpClient http,
      Map<String, Transport> inside,
      LongSupplier nowMillis) {
    var models = ServiceModels.BUILT_IN;
    var client = new AwsClient(Transport.over(http), endpoints, inside, credentials);
    var calls = new ServiceCalls(client, new AssumedRoles(client, models, nowMillis));
    return new Connectors(
        List.of(
            new LambdaConnector(functions),
            new AwsSdkConnector(models, calls),
            new OptimizedConnector(models, calls)),
        new ObjectItems(location -> new S3(client, models, location), Thread::startVirtualThread));
  }
}
