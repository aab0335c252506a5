package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} writes where nobody looks on: results and everything else apart. */
final class RunOutputTest {
  private static final String FAILING =
      """
      {"StartAt": "Prepare", "States": {"Prepare": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {
          "StartAt": "Check", "States": {
            "Check": {"Type": "Choice", "Choices": [
              {"Variable": "$", "NumericEquals": 4, "Next": "Bad"}], "Default": "Good"},
            "Bad": {"Type": "Fail", "Error": "Boom", "Cause": "four"},
            "Good": {"Type": "Succeed"}}}}}}]}}}
      """;
  private static final String CALLING =
      """
      {"StartAt": "Send", "States": {"Send": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {"QueueUrl": "q", "MessageBody": "m"}}}}
      """;
  private static final String PASSING =
      "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}";

  @TempDir private Path folder = Path.of("");

  @Test
  void theResultAloneGoesToStandardOutput() throws IOException {
    var shown = Invocation.of("run", write(PASSING), "--input", "{\"a\": 1}");

    assertThat(Json.parseTrusted(shown.out())).isEqualTo(Json.parseTrusted("{\"a\": 1}"));
    assertThat(shown.err()).contains("PassStateEntered", "1 billed state transitions");
  }

  @Test
  void quietShowsNoEvents() throws IOException {
    assertThat(Invocation.of("run", write(PASSING), "--quiet").err())
        .doesNotContain("PassStateEntered");
  }

  @Test
  void standardInputIsADefinitionOrAnInput() throws IOException {
    var definition = Invocation.reading(PASSING, "run", "-", "--input", "[1]", "--quiet");
    var input = Invocation.reading("[2]", "run", write(PASSING), "--input", "-", "--quiet");

    assertThat(Json.parseTrusted(definition.out())).isEqualTo(Json.parseTrusted("[1]"));
    assertThat(Json.parseTrusted(input.out())).isEqualTo(Json.parseTrusted("[2]"));
    assertThat(Invocation.reading(PASSING, "validate", "-").out()).isEqualTo("-: valid\n");
    assertThat(Invocation.reading("StartAt: P\n", "validate", "-").code()).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsNoProblem() throws IOException {
    assertThat(Invocation.of("validate", write("\ufeff" + PASSING)).code()).isZero();
  }

  @Test
  void theStateAndTheItemThatFailedAreNamed() throws IOException {
    var shown = Invocation.of("run", write(FAILING), "--input", "[1, 2, 3, 4, 5]");
    var json =
        Invocation.of("run", write(FAILING), "--input", "[1, 2, 3, 4, 5]", "--format", "json");

    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err())
        .contains("FAILED  in Prepare / Each / item 3 / Bad\nerror  Boom\ncause  four\n")
        .containsPattern("FailStateEntered +Bad  Boom: four")
        .containsPattern("MapIterationFailed +Each  #3  Boom: four")
        .containsPattern("ParallelStateFailed +Boom: four")
        .containsPattern("ExecutionFailed +Boom: four  in Prepare / Each / item 3 / Bad");
    assertThat(Json.parseTrusted(json.out()).path("failedState").asString(""))
        .isEqualTo("Prepare / Each / item 3 / Bad");
  }

  @Test
  void whatStepwiseCanNotDoIsHintedAt() throws IOException {
    var waiting =
        CALLING
            .replace("sqs:sendMessage", "eks:call")
            .replace("QueueUrl", "ClusterName")
            .replace("MessageBody", "Method");

    var shown = Invocation.of("run", write(waiting));

    assertThat(shown.err())
        .contains("STEPWISE_CANNOT_RUN_YET")
        .contains("hint   Stepwise can't do this yet: answer the state with --mock FILE");
  }

  @Test
  void aFunctionWithoutAnEndpointIsHintedAt() throws IOException {
    var lambda =
        CALLING
            .replace("sqs:sendMessage", "lambda:invoke")
            .replace("QueueUrl", "FunctionName")
            .replace("MessageBody", "Payload");

    assertThat(Invocation.of("run", write(lambda)).err())
        .contains("hint   name where functions are called with --lambda-endpoint URL");
  }

  @Test
  void aMockedStateIsNotWarnedOfAndIsFoundByName() throws IOException {
    var mocks =
        Files.writeString(
                folder.resolve("mocks.json"),
                """
                {"StateMachines": {
                   "One": {"TestCases": {"Fine": {"Send": "Sent"}}},
                   "Other": {"TestCases": {"Fine": {}}}},
                 "MockedResponses": {"Sent": {"0": {"Return": {"MessageId": "m"}}}}}""")
            .toString();

    var named = Invocation.of("run", write(CALLING), "--mock", mocks, "--name", "One");
    var unknown = Invocation.of("run", write(CALLING), "--mock", mocks, "--name", "Third");

    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.err()).doesNotContain("warning");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("'Third' is none", "One, Other");
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("flow.json"), text).toString();
  }
}
