package io.stepwise.aws;

import io.stepwise.aws.model.Dialect;
import io.stepwise.aws.model.ServiceModels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a Task can call besides functions and activities: the optimized integrations, and {@code
 * aws-sdk:}, which takes any action of any service.
 *
 * <p>The one place that says what an integration is. A new one is a line here. Source: AWS,
 * "Integrating services with Step Functions".
 */
public final class ServiceCatalogue {
  /** What the name of a service begins with where any of its actions may be called. */
  public static final String SDK = "aws-sdk:";

  /** Services that aws-sdk integrations have, and whose models nobody publishes any more. */
  private static final Set<String> UNKNOWN_HERE =
      Set.of(
          "apptest",
          "elasticinference",
          "elastictranscoder",
          "evidently",
          "honeycode",
          "iotanalytics",
          "iotfleethub",
          "lookoutmetrics",
          "lookoutvision",
          "opsworks",
          "opsworkscm",
          "privatenetworks",
          "qldb",
          "qldbsession",
          "robomaker",
          "sms");

  private static final Map<String, Service> SERVICES =
      catalogue(
          service("apigateway", action("invoke").callback().ownParameters()),
          service(
              "athena",
              action("startQueryExecution").sync("GetQueryExecution"),
              action("stopQueryExecution"),
              action("getQueryExecution"),
              action("getQueryResults")),
          service("batch", action("submitJob").sync("DescribeJobs")),
          service(
                  "bedrock",
                  action("invokeModel").callback().json("Body").ownParameters(),
                  action("createModelCustomizationJob").sync())
              .knownToSdkAs("bedrockruntime"),
          service(
              "codebuild",
              action("startBuild").sync(),
              action("startBuildBatch").sync(),
              action("stopBuild"),
              action("stopBuildBatch"),
              action("retryBuild"),
              action("batchDeleteBuilds"),
              action("batchGetReports")),
          service("databrew", action("startJobRun").sync()),
          service(
              "dynamodb",
              action("getItem"),
              action("putItem"),
              action("updateItem"),
              action("deleteItem")),
          service("ecs", action("runTask").sync().callback()),
          service(
              "eks",
              action("createCluster").sync(),
              action("deleteCluster").sync(),
              action("createNodegroup").sync(),
              action("deleteNodegroup").sync(),
              action("createFargateProfile").sync(),
              action("deleteFargateProfile").sync(),
              action("runJob").sync().callback().ownParameters(),
              action("call").callback().ownParameters()),
          service(
                  "elasticmapreduce",
                  action("createCluster").sync().ownParameters(),
                  action("terminateCluster").sync().ownParameters(),
                  action("addStep").sync().ownParameters(),
                  action("cancelStep").ownParameters(),
                  action("setClusterTerminationProtection").ownParameters(),
                  action("modifyInstanceFleetByName").ownParameters(),
                  action("modifyInstanceGroupByName").ownParameters())
              .knownToSdkAs("emr"),
          service(
                  "emr-containers",
                  action("createVirtualCluster"),
                  action("deleteVirtualCluster").sync(),
                  action("startJobRun").sync())
              .knownToSdkAs("emrcontainers"),
          service(
                  "emr-serverless",
                  action("createApplication").sync(),
                  action("startApplication").sync(),
                  action("stopApplication").sync(),
                  action("deleteApplication").sync(),
                  action("startJobRun").sync(),
                  action("cancelJobRun").sync())
              .knownToSdkAs("emrserverless"),
          service("events", action("putEvents").callback()).knownToSdkAs("eventbridge"),
          service("glue", action("startJobRun").sync()),
          service("http", action("invoke").ownParameters()),
          service("lambda", action("invoke").callback().json("Payload")),
          service("mediaconvert", action("createJob").sync()),
          service(
              "sagemaker",
              action("createTrainingJob").sync("DescribeTrainingJob"),
              action("createTransformJob").sync("DescribeTransformJob"),
              action("createProcessingJob").sync("DescribeProcessingJob"),
              action("createHyperParameterTuningJob").sync("DescribeHyperParameterTuningJob"),
              action("createLabelingJob").sync("DescribeLabelingJob"),
              action("createEndpoint"),
              action("createEndpointConfig"),
              action("createModel"),
              action("updateEndpoint")),
          service("sns", action("publish").callback()),
          service("sqs", action("sendMessage").callback()),
          service(
                  "states",
                  action("startExecution")
                      .sync("DescribeExecution")
                      .sync2("Input", "Output")
                      .callback())
              .knownToSdkAs("sfn"));

  private ServiceCatalogue() {}

  /**
   * A service as a Resource names it.
   *
   * @param sdkName what its {@code aws-sdk:} integrations and its shapes are called by
   * @param integrations by action
   */
  public record Service(String name, String sdkName, Map<String, Integration> integrations) {
    public Service {
      integrations = Map.copyOf(integrations);
    }

    private Service knownToSdkAs(String other) {
      return new Service(name, other, integrations);
    }
  }

  private static Integration action(String name) {
    return Integration.of(name);
  }

  private static Service service(String name, Integration... integrations) {
    var byAction = new LinkedHashMap<String, Integration>();
    for (var integration : integrations) {
      byAction.put(integration.action(), integration);
    }
    return new Service(name, name, byAction);
  }

  private static Map<String, Service> catalogue(Service... services) {
    var byName = new TreeMap<String, Service>();
    for (var service : services) {
      byName.put(service.name(), service);
    }
    return byName;
  }

  /** The optimized integration of an action. */
  public static Optional<Integration> find(String service, String action) {
    var known = SERVICES.get(service);
    return known == null ? Optional.empty() : Optional.ofNullable(known.integrations().get(action));
  }

  /** Whether the action exists and has the pattern. */
  public static boolean supports(String service, String action, IntegrationPattern pattern) {
    if (service.startsWith(SDK)) {
      return hasAction(service.substring(SDK.length()), action)
          && (pattern == IntegrationPattern.REQUEST_RESPONSE
              || pattern == IntegrationPattern.WAIT_FOR_TASK_TOKEN);
    }
    return find(service, action).filter(known -> known.patterns().contains(pattern)).isPresent();
  }

  /** Whether AWS has such an action, as far as is known here. */
  private static boolean hasAction(String service, String action) {
    return UNKNOWN_HERE.contains(service)
        ? Character.isLowerCase(action.charAt(0))
        : ServiceModels.BUILT_IN
            .find(service, Dialect.SDK)
            .flatMap(known -> known.operation(action))
            .isPresent();
  }

  /** The operation of the service whose parameters a task gives, or empty where they are others. */
  public static Optional<String> takenBy(String service, String action) {
    var own = find(service, action).map(Integration::hasOwnParameters).orElse(false);
    return own ? Optional.empty() : Optional.of(Integration.operation(action));
  }

  /** What the shapes of a service are found by, given its name in a Resource. */
  public static String sdkName(String service) {
    if (service.startsWith(SDK)) {
      return service.substring(SDK.length());
    }
    var known = SERVICES.get(service);
    return known == null ? service : known.sdkName();
  }

  /** The resources of all optimized integrations, sorted; {@code aws-sdk:} has no end. */
  public static List<String> resources() {
    var resources = new ArrayList<String>();
    for (var service : SERVICES.values()) {
      for (var integration : new TreeMap<>(service.integrations()).values()) {
        for (var pattern : IntegrationPattern.values()) {
          if (integration.patterns().contains(pattern)) {
            resources.add(
                "arn:aws:states:::"
                    + service.name()
                    + ":"
                    + integration.action()
                    + pattern.suffix());
          }
        }
      }
    }
    return resources;
  }
}
