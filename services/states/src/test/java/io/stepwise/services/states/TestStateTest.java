package io.stepwise.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.Limits;
import io.stepwise.expression.Json;
import io.stepwise.integration.ConnectorOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TestStateTest {
  private static final String TASK =
      """
      {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},
       "Retry":[{"ErrorEquals":["Slow"],"IntervalSeconds":3,"MaxAttempts":2,"BackoffRate":2}],
       "Catch":[{"ErrorEquals":["Bad"],"Next":"Sorry"}],"Next":"N"}
      """;
  private static final String MAP =
      """
      {"Type":"Map","ItemsPath":"$.v","ItemSelector":{"x.$":"$$.Map.Item.Value"},
       "ToleratedFailureCount":1,"ItemProcessor":{
         "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
         "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}
      """;
  private static final String PARALLEL =
      """
      {"Type":"Parallel","Branches":[{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}],
       "End":true}
      """;
  private static final String PASS = "{\"Type\":\"Pass\",\"End\":true}";

  private final TestingApi api = new TestingApi();

  @Test
  void aStateThatEndsWellHandsOnItsOutputAndTheNextState() {
    var answer =
        test("{\"Type\":\"Pass\",\"Result\":{\"a\":1},\"ResultPath\":\"$.r\",\"Next\":\"N\"}");

    assertThat(answer.path("status").asString()).isEqualTo("SUCCEEDED");
    assertThat(answer.path("output").asString()).isEqualTo("{\"r\":{\"a\":1}}");
    assertThat(answer.path("nextState").asString()).isEqualTo("N");
    assertThat(answer.has("inspectionData")).isFalse();
  }

  @Test
  void inspectionTellsWhatTheDataFlowGotTo() {
    var data =
        test(
                "{\"Type\":\"Pass\",\"InputPath\":\"$.a\",\"Parameters\":{\"p\":1},\"End\":true}",
                "input",
                "{\"a\":{\"b\":2}}",
                "inspectionLevel",
                "DEBUG")
            .path("inspectionData");

    assertThat(data.path("input").asString()).isEqualTo("{\"a\":{\"b\":2}}");
    assertThat(data.path("afterInputPath").asString()).isEqualTo("{\"b\":2}");
    assertThat(data.path("afterParameters").asString()).isEqualTo("{\"p\":1}");
    assertThat(data.path("afterResultSelector").asString()).isEqualTo("{\"p\":1}");
    assertThat(data.path("afterResultPath").asString()).isEqualTo("{\"p\":1}");
  }

  @Test
  void variablesAreSeenAndShownWithWhatTheStateAssigns() {
    var answer =
        test(
            "{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Assign\":{\"b\":\"{% $a + 1 %}\"},\"End\":true}",
            "variables", "{\"a\":1}", "inspectionLevel", "TRACE");

    assertThat(answer.path("inspectionData").path("variables").asString())
        .satisfies(
            text ->
                assertThat(Json.parseTrusted(text))
                    .isEqualTo(Json.parseTrusted("{\"a\":1,\"b\":2}")));
  }

  @Test
  void aTaskWithoutAMockIsDone() {
    api.taskOutcome = new ConnectorOutcome.Failure("Bad", "why");

    var answer = test(TASK, "roleArn", "arn:role");

    assertThat(answer.path("status").asString()).isEqualTo("CAUGHT_ERROR");
    assertThat(answer.path("nextState").asString()).isEqualTo("Sorry");
    assertThat(answer.path("output").asString()).contains("\"Cause\":\"why\"");
  }

  @Test
  void anErrorWithAttemptsLeftIsRetriable() {
    var answer =
        test(
            TASK,
            "mock",
            error("Slow"),
            "inspectionLevel",
            "DEBUG",
            "stateConfiguration",
            Map.of("retrierRetryCount", 1));

    assertThat(answer.path("status").asString()).isEqualTo("RETRIABLE");
    assertThat(Json.print(answer.path("inspectionData").path("errorDetails")))
        .isEqualTo("{\"retryIndex\":0,\"retryBackoffIntervalSeconds\":6}");
  }

  @Test
  void anErrorWithoutAttemptsLeftFails() {
    var answer =
        test(
            TASK,
            "mock",
            error("Slow"),
            "inspectionLevel",
            "DEBUG",
            "stateConfiguration",
            Map.of("retrierRetryCount", 2));

    assertThat(answer.path("status").asString()).isEqualTo("FAILED");
    assertThat(Json.print(answer.path("inspectionData").path("errorDetails")))
        .isEqualTo("{\"retryIndex\":0}");
  }

  /** Source: recorded. */
  @Test
  void whatIsOnlyPickedOutKeepsTheSpacesOfItsSource() {
    var data =
        test(
                MAP.replace("{\"Type\"", "{\"InputPath\":\"$.a\",\"Type\""),
                "input",
                "{ \"a\": {\"v\": [ 1, {\"x\": 2.50} ]} }",
                "mock",
                result("[ 1 , 2 ]"),
                "inspectionLevel",
                "TRACE")
            .path("inspectionData");

    assertThat(data.path("afterInputPath").asString()).isEqualTo("{\"v\": [ 1, {\"x\": 2.50} ]}");
    assertThat(data.path("afterItemsPath").asString()).isEqualTo("[ 1, {\"x\": 2.50} ]");
    assertThat(data.path("afterItemSelector").asString())
        .isEqualTo("[{\"x\":1},{\"x\":{\"x\":2.5}}]");
    assertThat(data.path("afterResultSelector").asString()).isEqualTo("[ 1 , 2 ]");
  }

  @Test
  void anInputThatNamesAMemberTwiceIsInspectedAllTheSame() {
    assertThat(
            test(PASS, "input", "{\"a\":[1,[2]],\"a\":{}}", "inspectionLevel", "DEBUG")
                .path("status")
                .asString())
        .isEqualTo("SUCCEEDED");
  }

  /** Source: recorded. */
  @Test
  void theExecutionOfATestHasTheArnOfAnExpressExecutionWithoutItsLastPart() {
    var execution =
        test("{\"Type\":\"Pass\",\"Parameters\":{\"e.$\":\"$$.Execution\"},\"End\":true}")
            .path("output")
            .asString();

    assertThat(Json.parseTrusted(execution).path("e").path("Id").asString())
        .matches("arn:aws:states:[^:]+:\\d{12}:express:[0-9a-f-]{36}:[0-9a-f-]{36}");
  }

  @Test
  void moreFailuresThanToleratedFailAMap() {
    var answer =
        test(
            MAP,
            "input",
            "{\"v\":[1,2,3]}",
            "mock",
            result("[1,2,3]"),
            "inspectionLevel",
            "DEBUG",
            "stateConfiguration",
            Map.of("mapIterationFailureCount", 2));

    assertThat(answer.path("error").asString()).isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(answer.path("inspectionData").path("afterItemSelector").asString())
        .isEqualTo("[{\"x\":1},{\"x\":2},{\"x\":3}]");
    assertThat(answer.path("inspectionData").path("toleratedFailureCount").asInt()).isEqualTo(1);
  }

  @Test
  void aStateInsideAMapGetsAnItem() {
    var machine =
        """
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"P",
         "States":{"P":{"Type":"Pass","Parameters":{"i.$":"$$.Map.Item.Index"},"End":true}}}}}}
        """;

    assertThat(test(machine, "stateName", "P").path("output").asString()).isEqualTo("{\"i\":0}");
  }

  @Test
  void aWaitOfMoreThanFiveMinutesIsATimeout() {
    var answer = test("{\"Type\":\"Wait\",\"Seconds\":301,\"End\":true}");

    assertThat(answer.path("status").asString()).isEqualTo("FAILED");
    assertThat(answer.path("error").asString()).isEqualTo("States.Timeout");
    assertThat(test("{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}").path("status").asString())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void theFiveMinutesOfATestScaleWithItsWait() {
    api.limits = Limits.AWS.withWaitTimeScale(0.01);

    assertThat(test("{\"Type\":\"Wait\",\"Seconds\":301,\"End\":true}").path("error").asString())
        .isEqualTo("States.Timeout");
    assertThat(test("{\"Type\":\"Wait\",\"Seconds\":299,\"End\":true}").path("status").asString())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(refusal(TASK))
        .isEqualTo("ValidationException: RoleArn must be specified when testing a Task state");
    assertThat(refusal(MAP)).startsWith("InvalidDefinition: TestState API does not support Map or");
    assertThat(refusal(TASK.replace("lambda:invoke", "lambda:invoke.waitForTaskToken")))
        .startsWith("InvalidDefinition: TestState API does not support activities");
    assertThat(refusal(PASS, "mock", result("{}")))
        .isEqualTo(
            "ValidationException: State type 'Pass' is not supported when a mock is specified");
    assertThat(refusal(TASK, "mock", Map.of("result", "{}", "errorOutput", Map.of("error", "E"))))
        .isEqualTo(
            "ValidationException: A test mock should have only one of the following fields:"
                + " [result, errorOutput].");
    assertThat(refusal(TASK, "mock", result("{}"), "revealSecrets", true))
        .isEqualTo(
            "ValidationException: TestState does not support RevealSecrets when a mock is"
                + " specified.");
    assertThat(refusal(TASK, "mock", result("{")))
        .isEqualTo("ValidationException: Mocked result must be valid JSON");
    assertThat(refusal(MAP, "mock", result("{}")))
        .isEqualTo("ValidationException: Mocked result must be an array.");
    assertThat(
            refusal(
                MAP.replace(
                    "\"ItemsPath\"",
                    "\"ResultWriter\":{\"WriterConfig\":{\"Transformation\":\"NONE\","
                        + "\"OutputType\":\"JSON\"}},\"ItemsPath\""),
                "mock",
                result("[]")))
        .isEqualTo("ValidationException: Mocked result must be a JSON object.");
    assertThat(refusal(PARALLEL, "mock", result("[1,2]")))
        .isEqualTo(
            "ValidationException: Mocked result must contain the same number of items as number"
                + " of Parallel branches.");
    assertThat(refusal(MAP, "stateConfiguration", Map.of("mapIterationFailureCount", 1)))
        .isEqualTo(
            "ValidationException: TestState does not support MapIterationFailureCount when a mock"
                + " is not specified.");
    assertThat(
            refusal(
                MAP,
                "input",
                "{\"v\":[1]}",
                "mock",
                result("[1]"),
                "stateConfiguration",
                Map.of("mapIterationFailureCount", 2)))
        .isEqualTo(
            "ValidationException: Map iteration failure count must be less than or equal to the"
                + " number of Map iterations");
    assertThat(refusal(TestingApi.PASS, "stateName", "Q"))
        .isEqualTo("ValidationException: State not found in definition");
    assertThat(refusal(PASS, "variables", "[]")).startsWith("ValidationException: Variables");
    assertThat(refusal(PASS, "input", "{")).startsWith("InvalidExecutionInput: ");
  }

  @Test
  void refusesAContextThatCannotBe() {
    var prefix = "ValidationException: Invalid Context object provided: ";

    assertThat(context("{\"Execution\":{\"x\":1}}")).isEqualTo(prefix + "Field 'x' is not allowed");
    assertThat(context("{\"Item\":{}}")).isEqualTo(prefix + "Field 'Item' is not allowed");
    assertThat(context("{\"Map\":{}}"))
        .isEqualTo(prefix + "'Map' field is not supported when mocking a Context object");
    assertThat(context("{\"Execution\":{\"Id\":1}}"))
        .isEqualTo(prefix + "Execution.Id must be a string");
    assertThat(context("{\"Execution\":{\"Input\":1,\"RedriveCount\":\"0\"}}"))
        .isEqualTo(prefix + "Execution.RedriveCount must be a number");
    assertThat(context("{\"State\":{\"Name\":null}}"))
        .isEqualTo(prefix + "State.Name must be a string");
    assertThat(context("{\"State\":{\"RetryCount\":\"1\"}}"))
        .isEqualTo(prefix + "State.RetryCount must be a number");
    assertThat(context("{\"StateMachine\":{\"Id\":[]}}"))
        .isEqualTo(prefix + "StateMachine.Id must be a string");
    assertThat(context("{\"StateMachine\":1}"))
        .isEqualTo(prefix + "StateMachine must be an object");
    assertThat(context("{\"Task\":{\"Token\":{}}}"))
        .isEqualTo(prefix + "Task.Token must be a string");
    assertThat(context("{\"Task\":{\"Token\":\"t\"}}"))
        .startsWith(prefix + "Context object contains");
    assertThat(refusal(PASS, "context", "{}")).contains("Context when a mock is not specified");
  }

  @Test
  void aMockedResultMustLookLikeTheServicesAnswer() {
    var strict = "ValidationException: Mock result schema validation error: ";

    assertThat(sdk("lambda:getFunction", "{\"Configuration\":{\"MemorySize\":1}}", "PRESENT"))
        .isEqualTo(strict + "Field 'MemorySize' is less than the minimum value");
    assertThat(sdk("lambda:getFunction", "{\"Configuration\":{\"MemorySize\":10241}}", "PRESENT"))
        .isEqualTo(strict + "Field 'MemorySize' exceeds the maximum value");
    assertThat(sdk("lambda:getFunction", "{\"Configuration\":{\"MemorySize\":1e999}}", "PRESENT"))
        .isEqualTo(strict + "Field 'MemorySize' exceeds the maximum value");
    assertThat(sdk("s3:getObject", "{\"StorageClass\":\"Wood\"}", "STRICT"))
        .isEqualTo(strict + "Field 'StorageClass' is not an expected value");
    assertThat(sdk("kms:encrypt", "{\"CiphertextBlob\":\"\"}", "STRICT"))
        .isEqualTo(strict + "Field 'CiphertextBlob' is smaller than the minimum length");
    assertThat(sdk("sfn:startExecution", "{\"StartDate\":\"now\"}", "STRICT"))
        .isEqualTo(strict + "Required field 'ExecutionArn' is missing");
    assertThat(sdk("sfn:startExecution", "{\"StartDate\":true}", "PRESENT"))
        .isEqualTo(strict + "Field 'StartDate' must be a string");
    assertThat(sdk("sfn:startExecution", "{\"StartDate\":true}", "NONE")).isEmpty();
    assertThat(sdk("sfn:startExecution", "{}", "PRESENT")).isEmpty();
    assertThat(sdk("eventbridge:putEvents", "{\"Entries\":{}}", "STRICT"))
        .isEqualTo(strict + "Field 'Entries' must be an array");
    assertThat(sdk("qldb:thing", "{\"Entries\":{}}", "STRICT")).isEmpty();
  }

  private String sdk(String action, String result, String mode) {
    var answer =
        api.call(
            "TestState",
            "definition",
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::aws-sdk:"
                + action
                + "\",\"End\":true}",
            "mock",
            Map.of("result", result, "fieldValidationMode", mode));
    return answer.status == 200 ? "" : answer.error();
  }

  private String context(String context) {
    return refusal(TASK, "mock", result("{}"), "context", context);
  }

  private static Map<String, Object> result(String json) {
    return Map.of("result", json);
  }

  private static Map<String, Object> error(String name) {
    return Map.of("errorOutput", Map.of("error", name, "cause", "why"));
  }

  private JsonNode test(String definition, Object... more) {
    return api.ok("TestState", with(definition, more));
  }

  private String refusal(String definition, Object... more) {
    return api.call("TestState", with(definition, more)).error();
  }

  private static Object[] with(String definition, Object... more) {
    var all = new Object[2 + more.length];
    all[0] = "definition";
    all[1] = definition;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }
}
