package io.stepwise.runtime.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code states:startExecution} in its patterns. */
class NestedExecutionTest {
  private static final String CHILD_TASK =
      """
      {"StartAt":"K","States":{"K":{"Type":"Task",
       "Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}""";

  private static Scenario nested(String pattern, String child) {
    return Scenario.with(
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":
             "arn:aws:states:::states:startExecution%s","Parameters":{"StateMachineArn":
             "arn:aws:states:us-east-1:123456789012:stateMachine:child","Input.$":"$"},
             "End":true}}}"""
                .formatted(pattern))
        .machine("child", child)
        .build();
  }

  @Test
  void requestResponseDoesNotWaitForTheChild() {
    var scenario = nested("", CHILD_TASK).start("{\"a\":1}");

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.others().getFirst().status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(scenario.others().getFirst().header().input().text()).isEqualTo("{\"a\":1}");

    scenario.succeed("K", "1");
    assertThat(scenario.rows('o')).isZero();
  }

  @Test
  void syncIsSubmittedThenSucceedsWithTheChild() {
    var scenario = nested(".sync:2", CHILD_TASK).start("{}");
    assertThat(scenario.history()).last().isEqualTo("5<-4 TaskSubmitted");

    scenario.restart().succeed("K", "{\"x\":1}");

    assertThat(scenario.history())
        .endsWith("6<-5 TaskSucceeded", "7<-6 TaskStateExited{T}", "8<-7 ExecutionSucceeded");
    assertThat(scenario.output())
        .contains("\"Output\":{\"x\":1}")
        .contains(
            "\"RedriveCount\":0,\"RedriveStatus\":\"NOT_REDRIVABLE\",\"RedriveStatusReason\":"
                + "\"Execution is SUCCEEDED and cannot be redriven\",\"StartDate\":");
    assertThat(scenario.others()).hasSize(1);
  }

  @Test
  void childThatEndsInItsFirstDecisionIsSubmittedFirst() {
    var scenario =
        nested(".sync:2", "{\"StartAt\":\"K\",\"States\":{\"K\":{\"Type\":\"Succeed\"}}}")
            .start("{}");

    assertThat(scenario.history())
        .endsWith(
            "5<-4 TaskSubmitted",
            "6<-5 TaskSucceeded",
            "7<-6 TaskStateExited{T}",
            "8<-7 ExecutionSucceeded");
  }

  @Test
  void aParameterOfTheWrongTypeIsNamedWithItsType() {
    var scenario =
        Scenario.of(
                """
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":
                 "arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"arn:x",
                 "Name.$":"$.n"},"End":true}}}""")
            .start("{\"n\":5}");

    assertThat(scenario.execution().error()).isEqualTo("States.Runtime");
    assertThat(scenario.execution().cause())
        .contains("start the Task: [The value for the field 'Name' must be a STRING]");
  }

  @Test
  void failedChildFailsTheTask() {
    var scenario = nested(".sync", CHILD_TASK).start("{}").fail("K", "E", "c");

    assertThat(scenario.history())
        .endsWith("6<-5 TaskFailed{States.TaskFailed}", "7<-6 ExecutionFailed{States.TaskFailed}");
    assertThat(scenario.execution().cause())
        .contains("\"RedriveCount\":0,\"RedriveStatus\":\"REDRIVABLE\",\"StartDate\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {".sync", ".sync:2"})
  void stoppingTheParentStopsTheChild(String pattern) {
    var scenario = nested(pattern, CHILD_TASK).start("{}");

    scenario.stop(null, null);

    assertThat(scenario.others().getFirst().status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(scenario.rows('o') + scenario.rows('t')).isZero();
  }
}
