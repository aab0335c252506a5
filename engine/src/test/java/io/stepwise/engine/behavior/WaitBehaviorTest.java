package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.execution.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Wait in its four forms; the scenario's clock starts at 2026-01-01T00:00:00Z. */
class WaitBehaviorTest {

  private static DecisionScenario wait(String fields) {
    return DecisionScenario.of(
        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\"," + fields + ",\"End\":true}}}");
  }

  @Test
  void waitsForSeconds() {
    var scenario = wait("\"Seconds\":10").start("{}");

    scenario.advance(Duration.ofMillis(9_999));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);

    scenario.advance(Duration.ofMillis(1));
    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 WaitStateEntered{W}",
            "3<-2 WaitStateExited{W}",
            "4<-3 ExecutionSucceeded");
  }

  @Test
  void waitsForSecondsPath() {
    var scenario = wait("\"SecondsPath\":\"$.s\"").start("{\"s\":3}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(3));
    assertThat(scenario.output()).isEqualTo("{\"s\":3}");
  }

  @Test
  void waitsUntilTimestamp() {
    var scenario = wait("\"Timestamp\":\"2026-01-02T00:00:00Z\"").start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofDays(1));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void waitsUntilTimestampPathWithAnOffset() {
    var scenario =
        wait("\"TimestampPath\":\"$.t\"").start("{\"t\":\"2026-01-01T02:00:00.5+01:00\"}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofMillis(3_600_500));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void waitsForAlmostAYearThroughRestarts() {
    var scenario = wait("\"Seconds\":31535000").start("{}");

    scenario.advance(Duration.ofDays(200)).restart();
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);

    scenario.advance(Duration.ofDays(165));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.event(3).timestampMillis() - scenario.event(2).timestampMillis())
        .isEqualTo(31_535_000_000L);
  }

  @Test
  void isOverAtOnceForAMomentInThePast() {
    assertThat(wait("\"Timestamp\":\"2001-01-01T00:00:00Z\"").start("{}").status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(wait("\"Seconds\":0").start("{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void firesLateTimersAtOnceAfterARestart() {
    var scenario = wait("\"Seconds\":10").start("{}");

    scenario.sleep(Duration.ofHours(1));
    scenario.restart();

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void refusesATextThatIsNoTimestamp() {
    var scenario = wait("\"TimestampPath\":\"$.t\"").start("{\"t\":\"tomorrow\"}");

    assertThat(scenario.history()).last().isEqualTo("3<-2 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .endsWith(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                + " date-time format string: $.t == tomorrow");
  }

  @Test
  void refusesSecondsThatFitNoLong() {
    for (var seconds : List.of("10000000000000000000", "1" + "0".repeat(400), "1e30")) {
      var scenario = wait("\"SecondsPath\":\"$.s\"").start("{\"s\":" + seconds + "}");

      assertThat(scenario.history()).last().isEqualTo("3<-2 ExecutionFailed{States.Runtime}");
    }
  }

  @Test
  void refusesAMissingSecondsPath() {
    var scenario = wait("\"SecondsPath\":\"$.s\"").start("{}");

    assertThat(scenario.history()).last().isEqualTo("3<-2 ExecutionFailed{States.Runtime}");
  }

  @Test
  void hangsABadJsonataTimestampOnTheEnteredEvent() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"W","States":{
                 "W":{"Type":"Wait","Timestamp":"{% $states.input.t %}","End":true}}}""")
            .start("{\"t\":\"tomorrow\"}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 WaitStateEntered{W}",
            "3<-2 EvaluationFailed{States.QueryEvaluationError}",
            "4<-3 ExecutionFailed{States.QueryEvaluationError}");
  }

  @Test
  void waitsForJsonataSeconds() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"W","States":{
                 "W":{"Type":"Wait","Seconds":"{% $states.input.s * 2 %}","End":true}}}""")
            .start("{\"s\":2}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void keepsNoTimerAfterTheEnd() {
    var scenario = wait("\"Seconds\":10").start("{}");

    scenario.advance(Duration.ofSeconds(10));

    assertThat(scenario.timers()).isZero();
  }
}
