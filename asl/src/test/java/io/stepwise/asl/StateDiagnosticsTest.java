package io.stepwise.asl;

import static io.stepwise.asl.Definitions.stateErrors;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDiagnosticsTest {
  private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";

  private static String task(String resource, String more) {
    return "{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true" + more + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "Pass, TimeoutSeconds",
    "Wait, Retry",
    "Choice, Catch",
    "Succeed, Assign",
    "Fail, Output",
    "Parallel, TimeoutSeconds",
    "Map, HeartbeatSeconds",
    "Task, Choices"
  })
  void refusesFieldsThatTheTypeLacks(String type, String field) {
    assertThat(stateErrors("{\"Type\":\"%s\",\"%s\":1}".formatted(type, field)))
        .contains(SCHEMA + "Field '" + field + "' is not supported at /States/S");
  }

  @Test
  void needsNextOrEndButNotBoth() {
    assertThat(stateErrors("{\"Type\":\"Pass\",\"Next\":\"S\",\"End\":true}"))
        .containsExactly(
            SCHEMA + "There should only be one of the following fields: [Next, End] at /States/S");
    assertThat(stateErrors("{\"Type\":\"Pass\",\"End\":false}"))
        .containsExactly(
            SCHEMA
                + "This object should have only one of the following fields: [Next, End]"
                + " at /States/S");
  }

  @ParameterizedTest
  @CsvSource({
    "0, Minimum value is 1", "100000000, Maximum value is 99999999",
    "'\"x\"', Expected value of type Integer", "1.5, Expected value of type Integer"
  })
  void timeoutIsAWholeNumberInItsRange(String value, String message) {
    assertThat(stateErrors(task("arn:aws:states:::lambda:invoke", ",\"TimeoutSeconds\":" + value)))
        .containsExactly(SCHEMA + message + " at /States/S/TimeoutSeconds");
  }

  @Test
  void literalAndPathExcludeEachOther() {
    assertThat(
            stateErrors(
                task(
                    "arn:aws:states:::lambda:invoke",
                    ",\"TimeoutSeconds\":1,\"TimeoutSecondsPath\":\"$.t\"")))
        .containsExactly(
            SCHEMA
                + "There should only be one of the following fields:"
                + " [TimeoutSeconds, TimeoutSecondsPath] at /States/S");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:::dynamodb:query",
        "arn:aws:states:::lambda:invoke.sync",
        "arn:aws:states:::lambda:listFunctions",
        "arn:aws:states:::s3:getObject",
        "arn:aws:states:::aws-sdk:s3:getObject.sync",
        "arn:aws:states:::ecs:runTask.sync:2",
        "arn:aws:swf:us-east-1:123456789012:task:x"
      })
  void refusesResourcesThatNothingOffers(String arn) {
    assertThat(stateErrors(task(arn, "")))
        .containsExactly(
            SCHEMA
                + "The resource provided "
                + arn
                + " is not recognized. The value is not a valid resource ARN, or the resource is"
                + " not available in this region. at /States/S/Resource");
  }

  @Test
  void refusesResourcesThatAreNoArn() {
    assertThat(stateErrors(task("my-function", "")))
        .containsExactly(SCHEMA + "Value is not a valid resource ARN at /States/S/Resource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:lambda:us-east-1:000000000000:function:f:PROD",
        "arn:aws:states:us-east-1:000000000000:activity:a",
        "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws-cn:states:::aws-sdk:dynamodb:query",
        "arn:aws:states:::http:invoke"
      })
  void takesResourcesOfEveryKind(String arn) {
    assertThat(stateErrors(task(arn, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:states:us-east-1:0:activity:a, Express state machine does not support Activity ARN",
    "arn:aws:states:::ecs:runTask.sync,"
        + " Express state machine does not support '.sync' service integration",
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken,"
        + " 'Express state machine does not support ''.waitForTaskToken'' service integration '"
  })
  void expressWaitsForNobody(String arn, String message) {
    assertThat(stateErrors(task(arn, ""), StateMachineType.EXPRESS))
        .containsExactly(SCHEMA + message + " at /States/S/Resource");
  }

  @Test
  void credentialsNeedARole() {
    assertThat(
            stateErrors(
                task("arn:aws:states:::lambda:invoke", ",\"Credentials\":{\"Other\":\"x\"}")))
        .containsExactly(
            SCHEMA + "The field 'RoleArn' is required but was missing at /States/S/Credentials");
    assertThat(
            stateErrors(
                task("arn:aws:states:::lambda:invoke", ",\"Credentials\":{\"RoleArn.$\":\"$.r\"}")))
        .isEmpty();
  }

  @Test
  void activitiesHaveNoCredentials() {
    assertThat(
            stateErrors(
                task(
                    "arn:aws:states:us-east-1:0:activity:a",
                    ",\"Credentials\":{\"RoleArn\":\"r\"}")))
        .containsExactly(
            SCHEMA
                + "The field 'Credentials' is not supported for activities"
                + " at /States/S/Credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05-12-2016T21:29:29Z", "2016-12-05T25:29:29Z", "2016-12-05 21:29:29Z",
        "2016-12-05T21:29:29", "2016-12-05t21:29:29z", "{% '2016-03-14T01:59:00Z' %}"
      })
  void waitTimestampIsAnRfc3339Timestamp(String timestamp) {
    assertThat(stateErrors("{\"Type\":\"Wait\",\"Timestamp\":\"" + timestamp + "\",\"End\":true}"))
        .containsExactly(SCHEMA + "String does not match RFC3339 timestamp at /States/S/Timestamp");
  }

  @Test
  void waitsForExactlyOneThing() {
    assertThat(
            stateErrors("{\"Type\":\"Wait\",\"Seconds\":1,\"SecondsPath\":\"$.x\",\"End\":true}"))
        .containsExactly(
            SCHEMA
                + "There should only be one of the following fields:"
                + " [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S");
    assertThat(stateErrors("{\"Type\":\"Wait\",\"End\":true}"))
        .containsExactly(
            SCHEMA
                + "This object should have only one of the following fields:"
                + " [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S");
  }

  @Test
  void parallelNeedsBranches() {
    assertThat(stateErrors("{\"Type\":\"Parallel\",\"Branches\":[],\"End\":true}"))
        .containsExactly(SCHEMA + "Value cannot be empty at /States/S/Branches");
    assertThat(stateErrors("{\"Type\":\"Parallel\",\"Branches\":[{\"States\":{}}],\"End\":true}"))
        .containsExactly(
            SCHEMA + "These fields are required: [StartAt] at /States/S/Branches[0]",
            SCHEMA + "Value cannot be empty at /States/S/Branches[0]/States");
  }

  @Test
  void failTakesEachTextOnce() {
    assertThat(stateErrors("{\"Type\":\"Fail\",\"Cause\":\"c\",\"CausePath\":\"$.c\"}"))
        .containsExactly(
            SCHEMA
                + "There should only be one of the following fields: [Cause, CausePath]"
                + " at /States/S");
    assertThat(stateErrors("{\"Type\":\"Fail\",\"CausePath\":\"States.Format('{}', $.c)\"}"))
        .isEmpty();
    assertThat(stateErrors("{\"Type\":\"Fail\",\"CausePath\":\"States.ArrayLength($.c)\"}"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "InputPath, x.y, Value must be a valid JSONPath.",
    "ResultPath, x.y, Value must be a valid JSONPath.",
    "ResultPath, $$.Execution, Value is not a Reference Path",
    "ResultPath, $v.x, Value is not a Reference Path",
    "ResultPath, $.a[*], Value is not a Reference Path",
    "ResultPath, $..a, Value is not a Reference Path"
  })
  void refusesPathsThatTheFieldCannotHave(String field, String path, String message) {
    assertThat(stateErrors("{\"Type\":\"Pass\",\"End\":true,\"%s\":\"%s\"}".formatted(field, path)))
        .containsExactly(SCHEMA + message + " at /States/S/" + field);
  }

  @Test
  void takesNullForPathsOfDataFlow() {
    assertThat(
            stateErrors(
                """
                {"Type": "Pass", "InputPath": null, "OutputPath": null, "ResultPath": null,
                 "End": true}
                """))
        .isEmpty();
  }

  @Test
  void namesTheFieldWhoseValueIsNoExpression() {
    assertThat(
            stateErrors(
                """
                {"Type": "Pass", "End": true,
                 "Parameters": {"parsed.$": "States.Format('He said, \\\\\\"Hello, {}!')"}}
                """))
        .containsExactly(
            SCHEMA
                + "The value for the field 'parsed.$' must be a valid JSONPath or a valid"
                + " intrinsic function call at /States/S/Parameters");
    assertThat(stateErrors("{\"Type\":\"Pass\",\"End\":true,\"Parameters\":{\"n.$\":1}}"))
        .containsExactly(
            SCHEMA
                + "The value for the field 'n.$' must be a valid JSONPath or a valid"
                + " intrinsic function call at /States/S/Parameters");
  }
}
