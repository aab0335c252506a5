package io.stepwise.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.connectors.mock.MockConfigReader;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** Tasks that a test case answers: conventions of Step Functions Local. */
class MockedTaskTest {
  private static final String RETRY = "\"Retry\":[{\"ErrorEquals\":[\"Slow\"],\"MaxAttempts\":5}],";

  private static Scenario mocked(String resource, String responses) {
    var file =
        """
        {"StateMachines": {"machine": {"TestCases": {"Case": {"T": "Answers"}}}},
         "MockedResponses": {"Answers": %s}}"""
            .formatted(responses);
    return Scenario.with(
            "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\","
                + RETRY
                + "\"Resource\":\""
                + resource
                + "\",\"End\":true}}}")
        .mocks(MockConfigReader.read("mocks.json", file), "Case")
        .build()
        .start("{}");
  }

  @Test
  void countsInvocationsAcrossRestarts() {
    var scenario =
        mocked(
            "arn:aws:states:::sqs:sendMessage",
            """
            {"0-1": {"Throw": {"Error": "Slow", "Cause": "later"}}, "2": {"Return": {"sent": 1}}}""");
    scenario.restart().skip();
    scenario.restart().skip();

    assertThat(scenario.output()).isEqualTo("{\"sent\":1}");
    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 TaskScheduled",
            "4<-3 TaskStarted",
            "5<-4 TaskFailed{Slow}",
            "6<-5 TaskScheduled",
            "7<-6 TaskStarted",
            "8<-7 TaskFailed{Slow}",
            "9<-8 TaskScheduled",
            "10<-9 TaskStarted",
            "11<-10 TaskSucceeded",
            "12<-11 TaskStateExited{T}",
            "13<-12 ExecutionSucceeded");
  }

  @Test
  void goesOnCountingAfterARedrive() {
    var scenario =
        mocked(
            "arn:aws:states:::sqs:sendMessage",
            """
            {"0": {"Throw": {"Error": "Fatal", "Cause": "no"}}, "1": {"Return": 2}}""");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);

    scenario.send(new Command.RedriveExecution(null));

    assertThat(scenario.output()).isEqualTo("2");
  }

  @Test
  void answersJobsAndTaskTokensAsTheRealOnesEnd() {
    for (var resource :
        new String[] {
          "arn:aws:states:::states:startExecution.sync:2",
          "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        }) {
      var scenario = mocked(resource, "{\"0\": {\"Return\": {\"done\": true}}}");

      assertThat(scenario.output()).isEqualTo("{\"done\":true}");
      assertThat(scenario.history())
          .containsExactly(
              "1<-0 ExecutionStarted",
              "2<-0 TaskStateEntered{T}",
              "3<-2 TaskScheduled",
              "4<-3 TaskStarted",
              "5<-4 TaskSubmitted",
              "6<-5 TaskSucceeded",
              "7<-6 TaskStateExited{T}",
              "8<-7 ExecutionSucceeded");
      assertThat(scenario.rows('o') + scenario.rows('t')).isZero();
    }
  }

  @Test
  void givesThePayloadOfAnInvocationToTheArnOfAFunction() {
    var answer = "{\"0\": {\"Return\": {\"StatusCode\": 200, \"Payload\": {\"body\": \"b\"}}}}";
    var scenario = mocked("arn:aws:lambda:us-east-1:123456789012:function:f", answer);
    assertThat(scenario.output()).isEqualTo("{\"body\":\"b\"}");

    assertThat(mocked("arn:aws:states:::lambda:invoke", answer).output())
        .isEqualTo("{\"StatusCode\":200,\"Payload\":{\"body\":\"b\"}}");
    assertThat(
            mocked("arn:aws:lambda:us-east-1:123456789012:function:f", "{\"0\": {\"Return\": 5}}")
                .output())
        .isEqualTo("5");
  }

  @Test
  void failsJobsAndTaskTokensAfterTheyBegan() {
    var scenario =
        mocked(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "{\"0\": {\"Throw\": {\"Error\": \"Fatal\", \"Cause\": \"no\"}}}");

    assertThat(scenario.history())
        .endsWith("5<-4 TaskSubmitted", "6<-5 TaskFailed{Fatal}", "7<-6 ExecutionFailed{Fatal}");
    assertThat(scenario.execution().cause()).isEqualTo("no");
  }
}
