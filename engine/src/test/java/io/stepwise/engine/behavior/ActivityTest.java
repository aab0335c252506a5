package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.execution.ExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Activities. */
class ActivityTest {

  private static DecisionScenario activity(String fields) {
    return DecisionScenario.with(
            TaskBehaviorTest.definition(
                "arn:aws:states:us-east-1:123456789012:activity:work", fields))
        .activity("work")
        .build();
  }

  @Test
  void workerTakesTheTaskAndSucceeds() {
    var scenario = activity("").start("{\"a\":1}");

    var taken = scenario.takeActivity("work", "me").orElseThrow();
    assertThat(taken.input().text()).isEqualTo("{\"a\":1}");
    scenario.succeedToken(taken.taskToken(), "{\"done\":1}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 ActivityScheduled",
            "4<-3 ActivityStarted{me}",
            "5<-4 ActivitySucceeded",
            "6<-5 TaskStateExited{T}",
            "7<-6 ExecutionSucceeded");
  }

  @Test
  void workerFails() {
    var scenario = activity("").start("{}");

    scenario.failToken(scenario.takeActivity("work", null).orElseThrow().taskToken(), "E", "c");

    assertThat(scenario.history())
        .endsWith("4<-3 ActivityStarted", "5<-4 ActivityFailed{E}", "6<-5 ExecutionFailed{E}");
  }

  @Test
  void timesOutThoughNoWorkerEverPolled() {
    var scenario = activity("\"TimeoutSeconds\":5").start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(5));

    assertThat(scenario.history())
        .endsWith("4<-3 ActivityTimedOut{States.Timeout}", "5<-4 ExecutionFailed{States.Timeout}");
    assertThat(scenario.takeActivity("work", null)).isEmpty();
  }

  @Test
  void deletedActivityFailsTheExecution() {
    var scenario =
        TaskBehaviorTest.task("arn:aws:states:us-east-1:123456789012:activity:gone", "")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .endsWith(
            " The activity arn:aws:states:us-east-1:123456789012:activity:gone does not exist.");
  }

  @Test
  void heartbeatClockStartsWhenAWorkerTakesTheTask() {
    var scenario = activity("\"HeartbeatSeconds\":10,\"TimeoutSeconds\":100").start("{}");

    scenario.advance(Duration.ofSeconds(50));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    var taken = scenario.takeActivity("work", null).orElseThrow();
    scenario.advance(Duration.ofSeconds(9));
    scenario.heartbeat(taken.taskToken());
    scenario.advance(Duration.ofMillis(9_999));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    scenario.advance(Duration.ofMillis(1));

    assertThat(scenario.history())
        .endsWith(
            "4<-3 ActivityStarted",
            "5<-4 ActivityTimedOut{States.Timeout}",
            "6<-5 ExecutionFailed{States.Timeout}");
  }

  @Test
  void takenTaskIsNotOfferedAgainAfterARestart() {
    var scenario = activity("").start("{}");
    assertThat(scenario.takeActivity("work", null)).isPresent();

    scenario.restart();

    assertThat(scenario.takeActivity("work", null)).isEmpty();
  }

  @Test
  void offeredTaskIsOfferedAgainAfterARestart() {
    var scenario = activity("").start("{}");

    scenario.restart();

    assertThat(scenario.takeActivity("work", null)).isPresent();
  }
}
