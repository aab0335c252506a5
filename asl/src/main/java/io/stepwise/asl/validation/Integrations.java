package io.stepwise.asl.validation;

import io.stepwise.asl.model.TaskResource.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The optimized integrations and the patterns each action has. {@code aws-sdk:} takes any action of
 * any service.
 *
 * <p>Source: AWS, "Integrating services with Step Functions".
 */
public final class Integrations {
  private static final String SDK = "aws-sdk:";
  private static final Set<String> NONE = Set.of();

  private static final Map<String, Service> SERVICES =
      Map.ofEntries(
          service("lambda", Set.of("invoke"), NONE, Set.of("invoke")),
          service("dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem"), NONE, NONE),
          service("sqs", Set.of("sendMessage"), NONE, Set.of("sendMessage")),
          service("sns", Set.of("publish"), NONE, Set.of("publish")),
          service("events", Set.of("putEvents"), NONE, Set.of("putEvents")),
          service(
              "states",
              Set.of("startExecution"),
              Set.of("startExecution"),
              Set.of("startExecution")),
          service("apigateway", Set.of("invoke"), NONE, Set.of("invoke")),
          service("http", Set.of("invoke"), NONE, NONE),
          service("batch", Set.of("submitJob"), Set.of("submitJob"), NONE),
          service("ecs", Set.of("runTask"), Set.of("runTask"), Set.of("runTask")),
          service(
              "eks",
              Set.of(
                  "createCluster",
                  "deleteCluster",
                  "createNodegroup",
                  "deleteNodegroup",
                  "createFargateProfile",
                  "deleteFargateProfile",
                  "runJob",
                  "call"),
              Set.of(
                  "createCluster",
                  "deleteCluster",
                  "createNodegroup",
                  "deleteNodegroup",
                  "createFargateProfile",
                  "deleteFargateProfile",
                  "runJob"),
              Set.of("runJob", "call")),
          service("glue", Set.of("startJobRun"), Set.of("startJobRun"), NONE),
          service("databrew", Set.of("startJobRun"), Set.of("startJobRun"), NONE),
          service(
              "athena",
              Set.of(
                  "startQueryExecution",
                  "stopQueryExecution",
                  "getQueryExecution",
                  "getQueryResults"),
              Set.of("startQueryExecution"),
              NONE),
          service(
              "codebuild",
              Set.of(
                  "startBuild",
                  "startBuildBatch",
                  "stopBuild",
                  "stopBuildBatch",
                  "retryBuild",
                  "batchDeleteBuilds",
                  "batchGetReports"),
              Set.of("startBuild", "startBuildBatch"),
              NONE),
          service(
              "elasticmapreduce",
              Set.of(
                  "createCluster",
                  "terminateCluster",
                  "addStep",
                  "cancelStep",
                  "setClusterTerminationProtection",
                  "modifyInstanceFleetByName",
                  "modifyInstanceGroupByName"),
              Set.of("createCluster", "terminateCluster", "addStep"),
              NONE),
          service(
              "emr-containers",
              Set.of("createVirtualCluster", "deleteVirtualCluster", "startJobRun"),
              Set.of("deleteVirtualCluster", "startJobRun"),
              NONE),
          service("emr-serverless", emrServerless(), emrServerless(), NONE),
          service(
              "sagemaker",
              Set.of(
                  "createTrainingJob",
                  "createTransformJob",
                  "createProcessingJob",
                  "createHyperParameterTuningJob",
                  "createLabelingJob",
                  "createEndpoint",
                  "createEndpointConfig",
                  "createModel",
                  "updateEndpoint"),
              Set.of(
                  "createTrainingJob",
                  "createTransformJob",
                  "createProcessingJob",
                  "createHyperParameterTuningJob",
                  "createLabelingJob"),
              NONE),
          service(
              "bedrock",
              Set.of("invokeModel", "createModelCustomizationJob"),
              Set.of("createModelCustomizationJob"),
              Set.of("invokeModel")),
          service("mediaconvert", Set.of("createJob"), Set.of("createJob"), NONE));

  private Integrations() {}

  /** Actions of a service, and those of them that have the other patterns. */
  private record Service(Set<String> actions, Set<String> sync, Set<String> callback) {}

  private static Map.Entry<String, Service> service(
      String name, Set<String> actions, Set<String> sync, Set<String> callback) {
    return Map.entry(name, new Service(actions, sync, callback));
  }

  private static Set<String> emrServerless() {
    return Set.of(
        "createApplication",
        "startApplication",
        "stopApplication",
        "deleteApplication",
        "startJobRun",
        "cancelJobRun");
  }

  /** The resources of all optimized integrations, sorted; {@code aws-sdk:} has no end. */
  public static List<String> resources() {
    var resources = new ArrayList<String>();
    new TreeMap<>(SERVICES)
        .forEach(
            (name, service) -> {
              for (var action : new TreeSet<>(service.actions())) {
                for (var pattern : Pattern.values()) {
                  if (supports(name, action, pattern)) {
                    resources.add("arn:aws:states:::" + name + ":" + action + pattern.suffix());
                  }
                }
              }
            });
    return resources;
  }

  /** Whether the action exists and has the pattern. */
  static boolean supports(String name, String action, Pattern pattern) {
    if (name.startsWith(SDK)) {
      return Character.isLowerCase(action.charAt(0))
          && (pattern == Pattern.REQUEST_RESPONSE || pattern == Pattern.WAIT_FOR_TASK_TOKEN);
    }
    var service = SERVICES.get(name);
    return service != null
        && switch (pattern) {
          case REQUEST_RESPONSE -> service.actions().contains(action);
          case SYNC -> service.sync().contains(action);
          case SYNC_2 -> name.equals("states") && action.equals("startExecution");
          case WAIT_FOR_TASK_TOKEN -> service.callback().contains(action);
        };
  }
}
