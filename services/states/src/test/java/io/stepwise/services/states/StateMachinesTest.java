package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.protocol.Identity;
import io.stepwise.protocol.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachinesTest {
  private final TestingApi api = new TestingApi();

  @Test
  void everyOperationOfTheServiceIsThere() {
    var backend = api.backend(Runnable::run);

    assertThat(StatesService.on(backend, new Identity("us-east-1", "123456789012")).operations())
        .extracting(Operation::name)
        .doesNotHaveDuplicates()
        .hasSize(37);
  }

  @Test
  void describesWhatWasCreated() {
    var arn = api.create("m", TestingApi.PASS);

    assertThat(api.call("DescribeStateMachine", "stateMachineArn", arn).text)
        .isEqualTo(
            "{\"stateMachineArn\":\"%s\",\"name\":\"m\",\"status\":\"ACTIVE\",\"definition\":%s,\"roleArn\":\"arn:role\",\"type\":\"STANDARD\",\"creationDate\":1800000000.005,\"loggingConfiguration\":{\"level\":\"OFF\",\"includeExecutionData\":false},\"tracingConfiguration\":{\"enabled\":false},\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"}}"
                .formatted(arn, Json.nodes().stringNode(TestingApi.PASS)));
    assertThat(
            api.ok("DescribeStateMachine", "stateMachineArn", arn, "includedData", "METADATA_ONLY")
                .path("definition")
                .asString())
        .isEqualTo("{}");
  }

  @Test
  void saysWhatIsWrongWithADefinition() {
    assertThat(
            api.call(
                    "CreateStateMachine",
                    "name",
                    "m",
                    "roleArn",
                    "r",
                    "definition",
                    "{\"StartAt\":\"A\"}")
                .error())
        .isEqualTo(
            "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These"
                + " fields are required: [States] at /'");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Label cannot be empty'",
    "a[, Label contains invalid character: '['",
    "a\\n, Label contains invalid character: '\\n'"
  })
  void refusesAnIllegalLabelAsAnyOtherProblem(String label, String problem) {
    assertThat(
            api.call(
                    "CreateStateMachine",
                    "name",
                    "m",
                    "roleArn",
                    "r",
                    "definition",
                    distributed(label))
                .error())
        .isEqualTo(
            "InvalidDefinition: Invalid State Machine Definition: 'INVALID_LABEL_NAME: "
                + problem
                + " at /States/M/Label'");
  }

  @Test
  void anIllegalLabelBesideOtherProblemsIsOneOfThem() {
    var definition = distributed("a[").replace("\"StartAt\":\"P\"", "\"StartAt\":\"Q\"");

    assertThat(
            api.call("CreateStateMachine", "name", "m", "roleArn", "r", "definition", definition)
                .error())
        .startsWith("InvalidDefinition: Invalid State Machine Definition: '")
        .contains("INVALID_LABEL_NAME: Label contains invalid character: '[' at /States/M/Label");
  }

  private static String distributed(String label) {
    return "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"Label\":\"%s\",\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}},\"End\":true}}}"
        .formatted(label);
  }

  @Test
  void showsTheProcessorOfADistributedMapByItsLabel() {
    var arn = api.create("m", distributed("items"));
    var described = api.ok("DescribeStateMachine", "stateMachineArn", arn + "/items");

    assertThat(described.path("label").asString()).isEqualTo("items");
    assertThat(described.path("definition").asString()).contains("\"StartAt\":\"P\"");
    assertThat(api.call("DescribeStateMachine", "stateMachineArn", arn + "/none").error())
        .startsWith("StateMachineDoesNotExist");
    var refused = api.call("DeleteStateMachine", "stateMachineArn", arn + "/items").body();
    assertThat(refused.path("reason").asString()).isEqualTo("API_DOES_NOT_SUPPORT_LABELED_ARNS");
  }

  @Test
  void anUpdateNeedsSomethingToUpdate() {
    var arn = api.create("m", TestingApi.PASS);

    assertThat(api.call("UpdateStateMachine", "stateMachineArn", arn).error())
        .isEqualTo(
            "MissingRequiredParameter: Either the definition, the role ARN, the"
                + " LoggingConfiguration, or the TracingConfiguration must be specified");
    assertThat(
            api.call("UpdateStateMachine", "stateMachineArn", arn + ":1", "roleArn", "r").error())
        .isEqualTo("StateMachineDoesNotExist: State Machine Does Not Exist: '" + arn + ":1'");
  }

  @Test
  void publishesUpdatesAndListsNewestFirst() {
    var arn = api.create("m", TestingApi.PASS, "publish", true);
    var updated =
        api.ok("UpdateStateMachine", "stateMachineArn", arn, "roleArn", "r", "publish", true);

    assertThat(updated.path("stateMachineVersionArn").asString()).isEqualTo(arn + ":2");
    assertThat(
            api.ok("ListStateMachineVersions", "stateMachineArn", arn)
                .path("stateMachineVersions")
                .valueStream()
                .map(v -> v.path("stateMachineVersionArn").asString()))
        .containsExactly(arn + ":2", arn + ":1");
    assertThat(
            api.call("PublishStateMachineVersion", "stateMachineArn", arn, "revisionId", "x")
                .error())
        .isEqualTo(
            "ConflictException: Failed to publish the State Machine version for revision x. The"
                + " current State Machine revision is "
                + updated.path("revisionId").asString()
                + ".");
  }

  @Test
  void checksTheRoutesOfAnAlias() {
    var arn = api.create("m", TestingApi.PASS, "publish", true);
    var one = Map.of("stateMachineVersionArn", arn + ":1", "weight", 50);

    assertThat(alias(one, one))
        .isEqualTo(
            "ValidationException: Routing configuration must contain distinct state machine version"
                + " ARNs. Received: ["
                + arn
                + ":1, "
                + arn
                + ":1]");
    assertThat(alias(one))
        .isEqualTo(
            "ValidationException: Sum of routing configuration weights must equal 100. Received:"
                + " [50]");
    assertThat(alias(Map.of("stateMachineVersionArn", arn, "weight", 100)))
        .isEqualTo(
            "ValidationException: Routing configuration must contain state machine version ARNs."
                + " Received: ["
                + arn
                + "]");
    assertThat(alias(Map.of("stateMachineVersionArn", arn + ":9", "weight", 100)))
        .endsWith("Received: [" + arn + ":9]");
  }

  private String alias(Object... routes) {
    return api.call("CreateStateMachineAlias", "name", "a", "routingConfiguration", List.of(routes))
        .error();
  }

  @Test
  void pagesThroughMachinesOfOneRegionOnly() {
    for (var name : List.of("c", "a", "b")) {
      api.create(name, TestingApi.PASS);
    }
    var page = api.ok("ListStateMachines", "maxResults", 2);
    assertThat(page.path("stateMachines").valueStream().map(m -> m.path("name").asString()))
        .containsExactly("a", "b");
    var last = api.ok("ListStateMachines", "nextToken", page.path("nextToken").asString());
    assertThat(last.path("stateMachines").valueStream().map(m -> m.path("name").asString()))
        .containsExactly("c");
    assertThat(last.has("nextToken")).isFalse();

    var elsewhere =
        api.send(
            "AWSStepFunctions.ListStateMachines",
            Map.of("Authorization", "AWS4 Credential=k/20260101/eu-west-1/states/aws4_request,"),
            "{}");
    assertThat(elsewhere.text).isEqualTo("{\"stateMachines\":[]}");
  }

  @Test
  void deletingTwiceIsFineAndWhatRunsIsStopped() {
    var arn = api.create("m", TestingApi.WAIT);
    var execution =
        api.ok("StartExecution", "stateMachineArn", arn).path("executionArn").asString();

    api.ok("DeleteStateMachine", "stateMachineArn", arn);
    api.ok("DeleteStateMachine", "stateMachineArn", arn);

    assertThat(api.ok("DescribeExecution", "executionArn", execution).path("status").asString())
        .isEqualTo("ABORTED");
    assertThat(
            api.ok("DescribeStateMachineForExecution", "executionArn", execution)
                .path("definition")
                .asString())
        .isEqualTo(TestingApi.WAIT);
    assertThat(api.call("DescribeStateMachine", "stateMachineArn", arn).error())
        .startsWith("StateMachineDoesNotExist");
  }

  @Test
  void validatesWithoutEverFailing() {
    assertThat(api.call("ValidateStateMachineDefinition", "definition", TestingApi.PASS).text)
        .isEqualTo("{\"result\":\"OK\",\"diagnostics\":[],\"truncated\":false}");
    assertThat(api.call("ValidateStateMachineDefinition", "definition", "{}").text)
        .isEqualTo(
            "{\"result\":\"FAIL\",\"diagnostics\":[{\"severity\":\"ERROR\",\"code\":\"SCHEMA_VALIDATION_FAILED\",\"message\":\"These"
                + " fields are required: [States,"
                + " StartAt]\",\"location\":\"/\"}],\"truncated\":false}");
  }

  @Test
  void logsNeedExactlyOneDestination() {
    assertThat(
            api.call(
                    "CreateStateMachine",
                    "name",
                    "m",
                    "roleArn",
                    "r",
                    "definition",
                    TestingApi.PASS,
                    "loggingConfiguration",
                    Map.of("level", "ALL"))
                .error())
        .isEqualTo(
            "InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one"
                + " Log Destination.");
  }

  /** Source: recorded. */
  @Test
  void anEmptyListOfLogDestinationsIsGivenBack() {
    var off = Map.of("level", "OFF", "destinations", List.of());
    var arn = api.create("m", TestingApi.PASS, "loggingConfiguration", off);

    assertThat(
            api.ok("DescribeStateMachine", "stateMachineArn", arn)
                .path("loggingConfiguration")
                .toString())
        .isEqualTo("{\"level\":\"OFF\",\"includeExecutionData\":false,\"destinations\":[]}");
  }

  @Test
  void tagsMachinesAndActivities() {
    var arn = api.create("m", TestingApi.PASS, "tags", List.of(Map.of("key", "a", "value", "1")));
    api.ok("TagResource", "resourceArn", arn, "tags", List.of(Map.of("key", "b", "value", "2")));
    api.ok("UntagResource", "resourceArn", arn, "tagKeys", List.of("a", "zzz"));

    assertThat(api.call("ListTagsForResource", "resourceArn", arn).text)
        .isEqualTo("{\"tags\":[{\"key\":\"b\",\"value\":\"2\"}]}");
    assertThat(api.call("ListTagsForResource", "resourceArn", arn + ":1").error())
        .isEqualTo("ResourceNotFound: Resource not found: '" + arn + ":1'");
  }

  @ParameterizedTest
  @CsvSource({
    "aws:stack, x, Invalid tag key 'aws:stack': the prefix 'aws:' is reserved",
    "AWS:stack, x, Invalid tag key 'AWS:stack': the prefix 'aws:' is reserved",
    "a#, x, 'Invalid tag key ''a#'': expected letters, digits, white space and _ . : / = + - @'",
    "a, x;, 'Invalid tag value ''x;'': expected letters, digits, white space and _ . : / = + - @'"
  })
  void refusesTagsThatAreReservedOrHaveForbiddenCharacters(
      String key, String value, String message) {
    var arn = api.create("m", TestingApi.PASS);
    var tags = List.of(Map.of("key", key, "value", value));

    assertThat(api.call("TagResource", "resourceArn", arn, "tags", tags).error())
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void takesTagsInAnyScript() {
    var tags = List.of(Map.of("key", "Größe 大 a_b.c:d/e=f+g-h@i", "value", ""));
    var arn = api.create("m", TestingApi.PASS, "tags", tags);

    assertThat(api.call("ListTagsForResource", "resourceArn", arn).text).contains("Größe 大");
  }
}
