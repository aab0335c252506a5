package io.stepwise.connectors.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.aws.model.ServiceModels;
import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorOutcome.Failure;
import io.stepwise.integration.ConnectorOutcome.Success;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AwsConnectorsTest {
  private static final long NOW = 1_700_000_000_000L;

  private record Sent(String method, URI uri, Map<String, String> headers, String body) {}

  private final List<Sent> sent = new ArrayList<>();
  private final Deque<CompletableFuture<WireResponse>> answers = new ArrayDeque<>();
  private Optional<URI> endpoint = Optional.of(URI.create("http://127.0.0.1:4566/base"));

  private CompletableFuture<WireResponse> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    sent.add(new Sent(method, uri, headers, new String(body, UTF_8)));
    return answers.removeFirst();
  }

  private void answer(int status, Map<String, String> headers, String body) {
    var all = new java.util.LinkedHashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    answers.add(
        CompletableFuture.completedFuture(new WireResponse(status, all, body.getBytes(UTF_8))));
  }

  private Connector sdk() {
    return new AwsSdkConnector(ServiceModels.BUILT_IN, calls());
  }

  private Connector optimized() {
    return new OptimizedConnector(ServiceModels.BUILT_IN, calls());
  }

  private ServiceCalls calls() {
    var endpoints = new AwsEndpoints(Map.of(), endpoint);
    var client = new AwsClient(this::send, endpoints, Map.of(), Optional.empty());
    return new ServiceCalls(client, new AssumedRoles(client, ServiceModels.BUILT_IN, () -> NOW));
  }

  private static ConnectorRequest request(
      String resource, String parameters, @Nullable String role) {
    var parts = resource.split(":(?=[^:]+$)", 2);
    return new ConnectorRequest(
        "arn:aws:states:::" + resource,
        parts[0],
        parts[1].replaceFirst("\\..*", ""),
        resource.endsWith(".sync") ? IntegrationPattern.SYNC : IntegrationPattern.REQUEST_RESPONSE,
        Payload.ofTrustedText(parameters),
        Optional.empty(),
        Optional.ofNullable(role),
        AwsLocation.of("eu-west-1", "111122223333"),
        "11111111-2222-4333-8444-555555555555",
        Optional.of(new ConnectorRequest.Caller("the-machine", "the-execution")));
  }

  private static ConnectorOutcome run(Connector connector, ConnectorRequest request)
      throws Exception {
    return connector.invoke(request).get(10, TimeUnit.SECONDS);
  }

  private static JsonNode output(ConnectorOutcome outcome) {
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).output().tree();
  }

  @Test
  void aCallIsSignedForTheServiceTheRegionAndTheAccount() throws Exception {
    answer(200, Map.of(), "{\"SecretList\":[],\"NextToken\":null}");

    var outcome = run(sdk(), request("aws-sdk:secretsmanager:listSecrets", "{}", null));

    assertThat(output(outcome)).isEqualTo(Json.parseTrusted("{\"SecretList\":[]}"));
    var call = sent.getFirst();
    assertThat(call.uri()).hasToString("http://127.0.0.1:4566/base/");
    assertThat(call.headers())
        .containsEntry("X-Amz-Target", "secretsmanager.ListSecrets")
        .containsEntry("Host", "127.0.0.1:4566");
    assertThat(call.headers().get("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=111122223333/")
        .contains("/eu-west-1/secretsmanager/aws4_request");
  }

  @Test
  void anErrorHasTheNameAndTheWordsOfTheSdk() throws Exception {
    answer(
        404,
        Map.of("x-amz-request-id", "req", "x-amz-id-2", "host"),
        "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>Not there</Message></Error>");

    var outcome =
        run(sdk(), request("aws-sdk:s3:getObject", "{\"Bucket\":\"b\",\"Key\":\"a b/c\"}", null));

    assertThat(sent.getFirst().uri()).hasToString("http://127.0.0.1:4566/base/b/a%20b/c");
    assertThat(outcome)
        .isEqualTo(
            new Failure(
                "S3.NoSuchBucketException",
                "Not there (Service: S3, Status Code: 404, Request ID: req, Extended Request ID:"
                    + " host)"));
  }

  @Test
  void aStreamIsSentAsTheJsonOfItsValueWithTheChecksumOfTheSdk() throws Exception {
    answer(200, Map.of("ETag", "\"x\""), "");

    run(
        sdk(),
        request(
            "aws-sdk:s3:putObject",
            "{\"Bucket\":\"b\",\"Key\":\"k\",\"Body\":\"text data\"}",
            null));

    assertThat(sent.getFirst().body()).isEqualTo("\"text data\"");
    assertThat(sent.getFirst().headers()).containsEntry("x-amz-checksum-crc32", "KUmHvQ==");
  }

  @Test
  void parametersThatTheActionLacksOrThatAreOfAnotherKindStartNothing() throws Exception {
    var outcome =
        run(
            sdk(),
            request(
                "aws-sdk:ssm:putParameter", "{\"Name\":\"n\",\"Value\":1,\"Colour\":\"\"}", null));

    assertThat(outcome)
        .isEqualTo(
            new Failure(
                "States.Runtime",
                "The Parameters '{\"Name\":\"n\",\"Value\":1,\"Colour\":\"\"}' could not be used to"
                    + " start the Task: [The value for the field 'Value' must be a STRING, The"
                    + " field \"Colour\" is not supported by Step Functions]"));
    assertThat(sent).isEmpty();
  }

  @Test
  void withoutAnEndpointATaskSaysWhatToSet() throws Exception {
    endpoint = Optional.empty();

    var outcome = run(sdk(), request("aws-sdk:secretsmanager:listSecrets", "{}", null));

    assertThat(outcome).isInstanceOf(Failure.class);
    assertThat(((Failure) outcome).cause())
        .contains("AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL ", "--mock");
  }

  @Test
  void anAnswerThatIsNoneOfTheProtocolFailsTheTaskAlone() throws Exception {
    answer(200, Map.of(), "<html>");
    answers.add(CompletableFuture.failedFuture(new IOException("Connection refused")));
    answer(200, Map.of(), "<a>".repeat(5_000));

    var garbage = run(sdk(), request("aws-sdk:dynamodb:listTables", "{}", null));
    var nothing = run(sdk(), request("aws-sdk:dynamodb:listTables", "{}", null));
    var deep = run(sdk(), request("aws-sdk:iam:listUsers", "{}", null));

    assertThat(((Failure) garbage).error()).isEqualTo("DynamoDb.SdkClientException");
    assertThat(nothing)
        .isEqualTo(
            new Failure(
                "DynamoDb.SdkClientException",
                "Unable to execute HTTP request: Connection refused"));
    assertThat(((Failure) deep).cause()).contains("100");
  }

  @Test
  void givingATaskUpGivesItsCallUp() {
    var open = new CompletableFuture<WireResponse>();
    answers.add(open);

    sdk().invoke(request("aws-sdk:dynamodb:listTables", "{}", null)).cancel(true);

    assertThat(open).isCancelled();
  }

  @Test
  void anOptimizedIntegrationKeepsTheFirstSdksNamesAndWords() throws Exception {
    answer(
        200, Map.of("x-amzn-RequestId", "r1"), "{\"MD5OfMessageBody\":\"m\",\"MessageId\":\"i\"}");
    answer(
        400,
        Map.of("x-amzn-RequestId", "r2"),
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"No"
            + " table\"}");

    var message =
        run(
            optimized(),
            request("sqs:sendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":{\"a\":1}}", null));
    var refused = run(optimized(), request("dynamodb:getItem", "{\"TableName\":\"t\"}", null));

    assertThat(sent.getFirst().body()).contains("\"MessageBody\":\"{\\\"a\\\":1}\"");
    assertThat(output(message).path("MD5OfMessageBody").asString()).isEqualTo("m");
    assertThat(output(message).at("/SdkResponseMetadata/RequestId").asString()).isEqualTo("r1");
    assertThat(refused)
        .isEqualTo(
            new Failure(
                "DynamoDB.ResourceNotFoundException",
                "No table (Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                    + " ResourceNotFoundException; Request ID: r2; Proxy: null)"));
  }

  @Test
  void anEventThatWasNotTakenFailsTheTaskAndAllCarryWhoSentThem() throws Exception {
    answer(200, Map.of(), "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"X\"}]}");

    var outcome =
        run(
            optimized(),
            request("events:putEvents", "{\"Entries\":[{\"Resources\":[\"own\"]}]}", null));

    assertThat(sent.getFirst().body())
        .contains("\"Resources\":[\"own\",\"the-machine\",\"the-execution\"]");
    assertThat(((Failure) outcome).error()).isEqualTo("EventBridge.FailedEntry");
  }

  @Test
  void aRoleIsAssumedOnceAndSignsWhatFollows() throws Exception {
    var assumed =
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>"
            + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
            + "<Expiration>2023-11-14T23:13:20Z</Expiration></Credentials></AssumeRoleResult>"
            + "</AssumeRoleResponse>";
    answer(200, Map.of(), assumed);
    answer(200, Map.of(), "{}");
    answer(200, Map.of(), "{}");
    var connector = sdk();
    var role = "arn:aws:iam::444455556666:role/other";

    run(connector, request("aws-sdk:dynamodb:listTables", "{}", role));
    run(connector, request("aws-sdk:dynamodb:listTables", "{}", role));

    assertThat(sent).hasSize(3);
    assertThat(sent.get(0).body()).contains("Action=AssumeRole", "RoleArn=arn%3Aaws%3Aiam");
    assertThat(sent.get(2).headers().get("Authorization")).contains("Credential=ASIA/");
    assertThat(sent.get(2).headers()).containsEntry("X-Amz-Security-Token", "t");
  }

  @Test
  void aRoleThatIsRefusedFailsTheTask() throws Exception {
    answer(
        403,
        Map.of(),
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>");

    var outcome = run(sdk(), request("aws-sdk:dynamodb:listTables", "{}", "arn:r"));

    assertThat(((Failure) outcome).error()).isEqualTo("States.TaskFailed");
    assertThat(((Failure) outcome).cause()).contains("arn:r", "AccessDenied");
  }

  private Jobs.Job begun(String resource, String parameters, String answer) throws Exception {
    answer(200, Map.of(), answer);
    var request = request(resource, parameters, null);
    var outcome = run(optimized(), request);
    assertThat(outcome).isInstanceOf(ConnectorOutcome.Submitted.class);
    sent.clear();
    return new Jobs.Job(
        request.resourceArn(),
        request.service(),
        request.action(),
        request.pattern(),
        ((ConnectorOutcome.Submitted) outcome).job(),
        Optional.empty(),
        request.location());
  }

  private Jobs.Status look(Jobs.Job job, int status, String answer) throws Exception {
    answer(status, Map.of(), answer);
    return optimized().jobs().orElseThrow().poll(job).get(10, TimeUnit.SECONDS);
  }

  private static ConnectorOutcome end(Jobs.Status status) {
    assertThat(status).isInstanceOf(Jobs.Status.Ended.class);
    return ((Jobs.Status.Ended) status).outcome();
  }

  private String stopped(Jobs.Job job) throws Exception {
    answer(200, Map.of(), "{}");
    optimized().jobs().orElseThrow().stop(job).get(10, TimeUnit.SECONDS);
    return sent.getLast().headers().getOrDefault("X-Amz-Target", "")
        + " "
        + sent.getLast().uri().getPath()
        + " "
        + sent.getLast().body();
  }

  @Test
  void aJobIsLookedAtByWhatItWasBegunWithAndWhatWasAnswered() throws Exception {
    var job = begun("glue:startJobRun.sync", "{\"JobName\":\"j\"}", "{\"JobRunId\":\"r\"}");

    assertThat(look(job, 200, "{\"JobRun\":{\"JobRunState\":\"RUNNING\"}}"))
        .isEqualTo(new Jobs.Status.Running());
    assertThat(sent.getLast().headers()).containsEntry("X-Amz-Target", "AWSGlue.GetJobRun");
    assertThat(Json.parseTrusted(sent.getLast().body()))
        .isEqualTo(Json.parseTrusted("{\"JobName\":\"j\",\"RunId\":\"r\"}"));
    assertThat(
            output(
                end(look(job, 200, "{\"JobRun\":{\"Id\":\"r\",\"JobRunState\":\"SUCCEEDED\"}}"))))
        .isEqualTo(Json.parseTrusted("{\"Id\":\"r\",\"JobRunState\":\"SUCCEEDED\"}"));
  }

  @Test
  void aJobThatFailedFailsTheTaskWithItsDescription() throws Exception {
    var job =
        begun(
            "batch:submitJob.sync",
            "{\"JobName\":\"n\",\"JobQueue\":\"q\",\"JobDefinition\":\"d\"}",
            "{\"jobId\":\"b\",\"jobName\":\"n\"}");
    var outcome =
        (Failure) end(look(job, 200, "{\"jobs\":[{\"jobId\":\"b\",\"status\":\"FAILED\"}]}"));

    assertThat(outcome.error()).isEqualTo("States.TaskFailed");
    assertThat(outcome.cause()).isEqualTo("{\"JobId\":\"b\",\"Status\":\"FAILED\"}");
  }

  @Test
  void someResultsHaveTheDescriptionUnderItsName() throws Exception {
    var job =
        begun(
            "codebuild:startBuild.sync", "{\"ProjectName\":\"p\"}", "{\"build\":{\"id\":\"p:1\"}}");

    assertThat(
            output(
                end(
                    look(
                        job,
                        200,
                        "{\"builds\":[{\"id\":\"p:1\",\"buildStatus\":\"SUCCEEDED\"}]}"))))
        .isEqualTo(Json.parseTrusted("{\"Build\":{\"Id\":\"p:1\",\"BuildStatus\":\"SUCCEEDED\"}}"));
  }

  @Test
  void aStoppedTaskOfEcsFailsByTheExitCodeOfAContainer() throws Exception {
    var job =
        begun(
            "ecs:runTask.sync",
            "{\"TaskDefinition\":\"t\",\"Cluster\":\"c\"}",
            "{\"tasks\":[{\"taskArn\":\"arn:t\"}],\"failures\":[]}");
    var task = "{\"tasks\":[{\"lastStatus\":\"STOPPED\",\"containers\":[{\"exitCode\":EXIT}]}]}";

    assertThat(end(look(job, 200, task.replace("EXIT", "0")))).isInstanceOf(Success.class);
    assertThat(end(look(job, 200, task.replace("EXIT", "1")))).isInstanceOf(Failure.class);
    assertThat(sent.getLast().body()).contains("\"cluster\":\"c\"", "\"tasks\":[\"arn:t\"]");
  }

  @Test
  void whatMendsByItselfIsNoEndOfAJob() throws Exception {
    var job = begun("glue:startJobRun.sync", "{\"JobName\":\"j\"}", "{\"JobRunId\":\"r\"}");

    assertThat(look(job, 503, "{}")).isEqualTo(new Jobs.Status.Running());
    assertThat(look(job, 400, "{\"__type\":\"ThrottlingException\"}"))
        .isEqualTo(new Jobs.Status.Running());
    assertThat(look(job, 200, "<html>")).isEqualTo(new Jobs.Status.Running());
    answers.add(CompletableFuture.failedFuture(new IOException("refused")));
    assertThat(optimized().jobs().orElseThrow().poll(job).get(10, TimeUnit.SECONDS))
        .isEqualTo(new Jobs.Status.Running());
    assertThat(end(look(job, 400, "{\"__type\":\"EntityNotFoundException\",\"Message\":\"gone\"}")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.cause()).contains("gone"));
  }

  @Test
  void aJobIsStoppedByItsServicesAction() throws Exception {
    assertThat(
            stopped(begun("glue:startJobRun.sync", "{\"JobName\":\"j\"}", "{\"JobRunId\":\"r\"}")))
        .contains("AWSGlue.BatchStopJobRun", "\"JobName\":\"j\"", "\"JobRunIds\":[\"r\"]");
    assertThat(
            stopped(
                begun(
                    "athena:startQueryExecution.sync",
                    "{\"QueryString\":\"q\"}",
                    "{\"QueryExecutionId\":\"e\"}")))
        .contains("AmazonAthena.StopQueryExecution", "\"QueryExecutionId\":\"e\"");
    assertThat(
            stopped(
                begun(
                    "batch:submitJob.sync",
                    "{\"JobName\":\"n\",\"JobQueue\":\"q\",\"JobDefinition\":\"d\"}",
                    "{\"jobId\":\"b\"}")))
        .contains("/terminatejob", "\"jobId\":\"b\"", "\"reason\":");
  }

  @Test
  void anAnswerWithoutTheNameOfTheJobFailsTheTask() throws Exception {
    answer(200, Map.of(), "{}");
    var outcome = run(optimized(), request("glue:startJobRun.sync", "{\"JobName\":\"j\"}", null));

    assertThat(((Failure) outcome).cause()).contains("did not say what the job is called");
  }

  @Test
  void everyJobOfTheTableIsOneThatItsServiceCanDescribeAndStop() {
    for (var service : OptimizedService.ALL.values()) {
      var model =
          ServiceModels.BUILT_IN
              .find(service.model(), io.stepwise.aws.model.Dialect.OPTIMIZED)
              .orElseThrow();
      service
          .jobs()
          .forEach(
              (action, job) -> {
                var poll = model.operation(job.poll()).orElseThrow();
                for (var parameter : job.ids().keySet()) {
                  assertThat(
                          poll.input().orElseThrow().member(parameter.replaceAll("[\\[\\]]", "")))
                      .as(service.name() + ":" + action + " " + parameter)
                      .isPresent();
                }
                job.stop()
                    .ifPresent(
                        stop -> {
                          var input = model.operation(stop.action()).orElseThrow().input();
                          stop.ids()
                              .forEach(
                                  (parameter, id) -> {
                                    assertThat(job.ids()).containsKey(id);
                                    assertThat(
                                            input
                                                .orElseThrow()
                                                .member(parameter.replaceAll("[\\[\\]]", "")))
                                        .as(stop.action() + " " + parameter)
                                        .isPresent();
                                  });
                        });
                assertThat(job.succeeded()).isNotEmpty();
              });
    }
  }
}
