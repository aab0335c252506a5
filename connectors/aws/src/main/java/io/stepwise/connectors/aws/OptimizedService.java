package io.stepwise.connectors.aws;

import io.stepwise.aws.model.ServiceModel;
import io.stepwise.connectors.aws.wire.ServiceFailure;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the optimized integrations of one service name its errors, and what they show of its answers.
 *
 * @param name in a Resource, e.g. {@code emr-containers}
 * @param model the service's model, as aws-sdk integrations name it
 * @param prefix what the names of its errors begin with
 * @param client what causes call the service, and errors that its model does not know
 * @param knowsErrors whether errors have names of their own at all
 * @param showsMetadata whether results hold what AWS's SDK knows of the answer
 * @param jobs how jobs that its actions start are waited for, by action
 */
record OptimizedService(
    String name,
    String model,
    String prefix,
    String client,
    boolean knowsErrors,
    boolean showsMetadata,
    Map<String, JobRule> jobs) {

  /** All of them but those whose connectors stand elsewhere. */
  static final Map<String, OptimizedService> ALL =
      byName(
          service("athena", "Athena", "AmazonAthena")
              .job(
                  "startQueryExecution",
                  job("getQueryExecution", "QueryExecutionId", "QueryExecutionId")
                      .in("QueryExecution", "Status.State")
                      .ends(Set.of("SUCCEEDED"), Set.of("FAILED", "CANCELLED"))
                      .shownAs("QueryExecution")
                      .stoppedBy("stopQueryExecution")),
          service("batch", "Batch", "AWSBatch")
              .job(
                  "submitJob",
                  job("describeJobs", "[Jobs]", "JobId")
                      .in("Jobs[0]", "Status")
                      .ends(Set.of("SUCCEEDED"), Set.of("FAILED"))
                      .stoppedBy("terminateJob", "JobId", "[Jobs]")),
          service("bedrock", "Bedrock", "AmazonBedrock")
              .job(
                  "createModelCustomizationJob",
                  job("getModelCustomizationJob", "JobIdentifier", "JobArn")
                      .in("", "Status")
                      .ends(Set.of("Completed"), Set.of("Failed", "Stopped"))
                      .stoppedBy("stopModelCustomizationJob"))
              .withoutMetadata(),
          service("codebuild", "CodeBuild", "AWSCodeBuild")
              .job(
                  "startBuild",
                  job("batchGetBuilds", "[Ids]", "Build.Id")
                      .in("Builds[0]", "BuildStatus")
                      .ends(Set.of("SUCCEEDED"), Set.of("FAILED", "FAULT", "TIMED_OUT", "STOPPED"))
                      .shownAs("Build")
                      .stoppedBy("stopBuild", "Id", "[Ids]"))
              .job(
                  "startBuildBatch",
                  job("batchGetBuildBatches", "[Ids]", "BuildBatch.Id")
                      .in("BuildBatches[0]", "BuildBatchStatus")
                      .ends(Set.of("SUCCEEDED"), Set.of("FAILED", "FAULT", "TIMED_OUT", "STOPPED"))
                      .shownAs("BuildBatch")
                      .stoppedBy("stopBuildBatch", "Id", "[Ids]")),
          service("databrew", "DataBrew", "AWSGlueDataBrew")
              .job(
                  "startJobRun",
                  job("describeJobRun", "RunId", "RunId", "Name", "Name")
                      .in("", "State")
                      .ends(Set.of("SUCCEEDED"), Set.of("FAILED", "STOPPED", "TIMEOUT"))
                      .stoppedBy("stopJobRun")),
          service("dynamodb", "DynamoDB", "AmazonDynamoDBv2"),
          service("ecs", "ECS", "AmazonECS")
              .job(
                  "runTask",
                  job("describeTasks", "[Tasks]", "Tasks[0].TaskArn", "Cluster", "Cluster")
                      .in("Tasks[0]", "LastStatus")
                      .ends(Set.of("STOPPED"), Set.of())
                      .stoppedBy("stopTask", "Task", "[Tasks]", "Cluster", "Cluster")),
          service("eks", "EKS", "AmazonEKS")
              .job("createCluster", cluster("ACTIVE", "FAILED"))
              .job("deleteCluster", cluster("DELETED", "FAILED"))
              .job("createNodegroup", nodegroup("ACTIVE", "CREATE_FAILED"))
              .job("deleteNodegroup", nodegroup("DELETED", "DELETE_FAILED"))
              .job("createFargateProfile", fargateProfile("ACTIVE", "CREATE_FAILED"))
              .job("deleteFargateProfile", fargateProfile("DELETED", "DELETE_FAILED")),
          service("elasticmapreduce", "emr", "ElasticMapReduce", "AmazonElasticMapReduce")
              .job(
                  "createCluster",
                  job("describeCluster", "ClusterId", "ClusterId")
                      .in("Cluster", "Status.State")
                      .ends(
                          Set.of("WAITING", "RUNNING"),
                          Set.of("TERMINATED", "TERMINATING", "TERMINATED_WITH_ERRORS"))
                      .shownAs("Cluster")
                      .stoppedBy("terminateJobFlows", "[JobFlowIds]", "ClusterId"))
              .job(
                  "terminateCluster",
                  job("describeCluster", "ClusterId", "ClusterId")
                      .in("Cluster", "Status.State")
                      .ends(Set.of("TERMINATED", "TERMINATED_WITH_ERRORS"), Set.of())
                      .shownAs("Cluster"))
              .job(
                  "addStep",
                  job("describeStep", "StepId", "StepId", "ClusterId", "ClusterId")
                      .in("Step", "Status.State")
                      .ends(Set.of("COMPLETED"), Set.of("CANCELLED", "FAILED", "INTERRUPTED"))
                      .shownAs("Step")
                      .stoppedBy("cancelSteps", "ClusterId", "ClusterId", "[StepIds]", "StepId")),
          service("emr-containers", "emrcontainers", "EMRContainers", "AmazonEMRContainers")
              .job(
                  "startJobRun",
                  job("describeJobRun", "Id", "Id", "VirtualClusterId", "VirtualClusterId")
                      .in("JobRun", "State")
                      .ends(Set.of("COMPLETED"), Set.of("FAILED", "CANCELLED"))
                      .stoppedBy("cancelJobRun"))
              .job(
                  "deleteVirtualCluster",
                  job("describeVirtualCluster", "Id", "Id")
                      .in("VirtualCluster", "State")
                      .ends(Set.of("TERMINATED"), Set.of("ARRESTED")))
              .withoutMetadata(),
          service("emr-serverless", "emrserverless", "EMRServerless", "EMRServerless")
              // One that starts by itself was created before anybody looked.
              .job("createApplication", application("CREATED", "STARTING", "STARTED"))
              .job("startApplication", application("STARTED"))
              .job("stopApplication", application("STOPPED"))
              .job("deleteApplication", application("TERMINATED"))
              .job("startJobRun", serverlessRun(Set.of("SUCCESS"), Set.of("FAILED", "CANCELLED")))
              .job("cancelJobRun", serverlessRun(Set.of("CANCELLED", "SUCCESS"), Set.of("FAILED")))
              .withoutMetadata(),
          service("events", "eventbridge", "EventBridge", "AmazonEventBridge").withoutMetadata(),
          service("glue", "Glue", "AWSGlue")
              .job(
                  "startJobRun",
                  job("getJobRun", "RunId", "JobRunId", "JobName", "JobName")
                      .in("JobRun", "JobRunState")
                      .ends(
                          Set.of("SUCCEEDED"),
                          Set.of("STOPPED", "FAILED", "TIMEOUT", "ERROR", "EXPIRED"))
                      .stoppedBy("batchStopJobRun", "JobName", "JobName", "[JobRunIds]", "RunId")),
          service("mediaconvert", "MediaConvert", "AWSMediaConvert")
              .job(
                  "createJob",
                  job("getJob", "Id", "Job.Id")
                      .in("Job", "Status")
                      .ends(Set.of("COMPLETE"), Set.of("ERROR", "CANCELED"))
                      .shownAs("Job")
                      .stoppedBy("cancelJob"))
              .withoutMetadata(),
          service("sagemaker", "SageMaker", "AmazonSageMaker")
              .job("createTrainingJob", sagemaker("TrainingJob"))
              .job("createTransformJob", sagemaker("TransformJob"))
              .job("createProcessingJob", sagemaker("ProcessingJob"))
              .job("createHyperParameterTuningJob", sagemaker("HyperParameterTuningJob"))
              .job(
                  "createLabelingJob",
                  job("describeLabelingJob", "LabelingJobName", "LabelingJobName")
                      .in("", "LabelingJobStatus")
                      .ends(Set.of("Completed"), Set.of("Failed", "Stopped"))
                      .stoppedBy("stopLabelingJob")),
          service("sns", "SNS", "AmazonSNS"),
          new OptimizedService("sqs", "sqs", "SQS", "AmazonSQS", false, true, Map.of()));

  private static OptimizedService service(String name, String prefix, String client) {
    return service(name, name, prefix, client);
  }

  private static OptimizedService service(String name, String model, String prefix, String client) {
    return new OptimizedService(name, model, prefix, client, true, true, Map.of());
  }

  private OptimizedService withoutMetadata() {
    return new OptimizedService(name, model, prefix, client, knowsErrors, false, jobs);
  }

  private OptimizedService job(String action, JobRule job) {
    var all = new HashMap<>(jobs);
    all.put(action, job);
    return new OptimizedService(
        name, model, prefix, client, knowsErrors, showsMetadata, Map.copyOf(all));
  }

  private static JobRule cluster(String succeeded, String failed) {
    return job("describeCluster", "Name", "Cluster.Name")
        .in("Cluster", "Status")
        .ends(Set.of(succeeded), Set.of(failed))
        .shownAs("Cluster");
  }

  private static JobRule nodegroup(String succeeded, String failed) {
    return job(
            "describeNodegroup",
            "NodegroupName",
            "Nodegroup.NodegroupName",
            "ClusterName",
            "Nodegroup.ClusterName")
        .in("Nodegroup", "Status")
        .ends(Set.of(succeeded), Set.of(failed))
        .shownAs("Nodegroup");
  }

  private static JobRule fargateProfile(String succeeded, String failed) {
    return job(
            "describeFargateProfile",
            "FargateProfileName",
            "FargateProfile.FargateProfileName",
            "ClusterName",
            "FargateProfile.ClusterName")
        .in("FargateProfile", "Status")
        .ends(Set.of(succeeded), Set.of(failed))
        .shownAs("FargateProfile");
  }

  private static JobRule application(String... succeeded) {
    var ends = Set.of(succeeded);
    return job("getApplication", "ApplicationId", "ApplicationId")
        .in("Application", "State")
        .ends(ends, ends.contains("TERMINATED") ? Set.of() : Set.of("TERMINATED"))
        .shownAs("Application");
  }

  private static JobRule serverlessRun(Set<String> succeeded, Set<String> failed) {
    return job("getJobRun", "JobRunId", "JobRunId", "ApplicationId", "ApplicationId")
        .in("JobRun", "State")
        .ends(succeeded, failed)
        .shownAs("JobRun")
        .stoppedBy("cancelJobRun");
  }

  private static JobRule sagemaker(String kind) {
    return job("describe" + kind, kind + "Name", kind + "Name")
        .in("", kind + "Status")
        .ends(Set.of("Completed"), Set.of("Failed", "Stopped"))
        .stoppedBy("stop" + kind);
  }

  private static JobRule job(String poll, String... ids) {
    return JobRule.polledBy(poll, ids);
  }

  private static Map<String, OptimizedService> byName(OptimizedService... services) {
    var all = new HashMap<String, OptimizedService>();
    for (var service : List.of(services)) {
      all.put(service.name(), service);
    }
    return Map.copyOf(all);
  }

  /** A refusal of the service, as AWS's first SDK for Java words it. */
  ConnectorOutcome refused(ServiceModel service, ServiceFailure failure) {
    var shape = service.errors().get(failure.code());
    // The name of the exception has no version.
    var unknown = client.replaceFirst("v\\d$", "") + "Exception";
    var error = !knowsErrors || shape == null ? unknown : withException(failure.code());
    return new Failure(
        prefix + "." + error,
        (failure.message() == null ? "null" : failure.message())
            + " (Service: "
            + client
            + "; Status Code: "
            + failure.status()
            + "; Error Code: "
            + failure.queryCode()
            + "; Request ID: "
            + (failure.requestId().isEmpty() ? "null" : failure.requestId())
            + failure.extendedRequestId().map(id -> "; S3 Extended Request ID: " + id).orElse("")
            + "; Proxy: null)");
  }

  private static String withException(String code) {
    return code.endsWith("Exception") ? code : code + "Exception";
  }
}
