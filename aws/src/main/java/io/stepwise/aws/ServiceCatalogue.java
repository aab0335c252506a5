package io.stepwise.aws;

import static io.stepwise.aws.Integration.of;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Map<String, Service> SERVICES =
      catalogue(
          service("apigateway", of("invoke").callback()),
          service(
              "athena",
              of("startQueryExecution").sync("GetQueryExecution"),
              of("stopQueryExecution"),
              of("getQueryExecution"),
              of("getQueryResults")),
          service("batch", of("submitJob").sync("DescribeJobs")),
          service(
                  "bedrock",
                  of("invokeModel").callback().json("Body"),
                  of("createModelCustomizationJob").sync())
              .knownToSdkAs("bedrockruntime"),
          service(
              "codebuild",
              of("startBuild").sync(),
              of("startBuildBatch").sync(),
              of("stopBuild"),
              of("stopBuildBatch"),
              of("retryBuild"),
              of("batchDeleteBuilds"),
              of("batchGetReports")),
          service("databrew", of("startJobRun").sync()),
          service("dynamodb", of("getItem"), of("putItem"), of("updateItem"), of("deleteItem")),
          service("ecs", of("runTask").sync().callback()),
          service(
              "eks",
              of("createCluster").sync(),
              of("deleteCluster").sync(),
              of("createNodegroup").sync(),
              of("deleteNodegroup").sync(),
              of("createFargateProfile").sync(),
              of("deleteFargateProfile").sync(),
              of("runJob").sync().callback(),
              of("call").callback()),
          service(
                  "elasticmapreduce",
                  of("createCluster").sync(),
                  of("terminateCluster").sync(),
                  of("addStep").sync(),
                  of("cancelStep"),
                  of("setClusterTerminationProtection"),
                  of("modifyInstanceFleetByName"),
                  of("modifyInstanceGroupByName"))
              .knownToSdkAs("emr"),
          service(
                  "emr-containers",
                  of("createVirtualCluster"),
                  of("deleteVirtualCluster").sync(),
                  of("startJobRun").sync())
              .knownToSdkAs("emrcontainers"),
          service(
                  "emr-serverless",
                  of("createApplication").sync(),
                  of("startApplication").sync(),
                  of("stopApplication").sync(),
                  of("deleteApplication").sync(),
                  of("startJobRun").sync(),
                  of("cancelJobRun").sync())
              .knownToSdkAs("emrserverless"),
          service("events", of("putEvents").callback()).knownToSdkAs("eventbridge"),
          service("glue", of("startJobRun").sync()),
          service("http", of("invoke")),
          service("lambda", of("invoke").callback().json("Payload")),
          service("mediaconvert", of("createJob").sync()),
          service(
              "sagemaker",
              of("createTrainingJob").sync("DescribeTrainingJob"),
              of("createTransformJob").sync("DescribeTransformJob"),
              of("createProcessingJob").sync("DescribeProcessingJob"),
              of("createHyperParameterTuningJob").sync("DescribeHyperParameterTuningJob"),
              of("createLabelingJob").sync("DescribeLabelingJob"),
              of("createEndpoint"),
              of("createEndpointConfig"),
              of("createModel"),
              of("updateEndpoint")),
          service("sns", of("publish").callback()),
          service("sqs", of("sendMessage").callback()),
          service(
                  "states",
                  of("startExecution")
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
      return Character.isLowerCase(action.charAt(0))
          && (pattern == IntegrationPattern.REQUEST_RESPONSE
              || pattern == IntegrationPattern.WAIT_FOR_TASK_TOKEN);
    }
    return find(service, action).filter(known -> known.patterns().contains(pattern)).isPresent();
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
