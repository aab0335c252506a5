package io.stepwise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stop, timeouts, limits, budget and repeated commands. */
class DeciderTest {
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":25,\"End\":true}}%s}";

  private static DecisionScenario waiting() {
    return DecisionScenario.of(WAIT.formatted("")).start("{}");
  }

  @Test
  void stopsInAWaitWithoutAWordAboutTheState() {
    var scenario = waiting();

    var reply = scenario.stop(null, null);

    assertThat(reply).isEqualTo(new Reply.Closed(ExecutionStatus.ABORTED, scenario.nowMillis()));
    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted", "2<-0 WaitStateEntered{W}", "3<-0 ExecutionAborted");
    assertThat(scenario.execution().error()).isNull();
    assertThat(scenario.timers()).isZero();
  }

  @Test
  void stopCarriesErrorAndCause() {
    var scenario = waiting();

    scenario.stop("E", "because");

    assertThat(scenario.event(3).details()).isEqualTo(new EventDetails.Failure("E", "because"));
  }

  @Test
  void stoppingTwiceTellsTheFirstStop() {
    var scenario = waiting();
    var first = scenario.stop("E", null);
    scenario.advance(Duration.ofSeconds(3)).restart();

    assertThat(scenario.stop("F", null)).isEqualTo(first);
    assertThat(scenario.execution().error()).isEqualTo("E");
  }

  @Test
  void timesOutExactlyAfterItsSeconds() {
    var scenario = DecisionScenario.of(WAIT.formatted(",\"TimeoutSeconds\":3")).start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(3));

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 WaitStateEntered{W}",
            "3<-0 ExecutionTimedOut{States.Timeout}");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void standardExecutionEndsAfterAYear() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":99999999,"End":true}}}""")
            .start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofDays(365));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void expressExecutionEndsAfterFiveMinutes() {
    var scenario =
        DecisionScenario.with(
                """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":999,"End":true}}}""")
            .express()
            .build();

    assertThat(scenario.runExpress("{}")).isEmpty();
    assertThat(scenario.skip()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void expressExecutionAnswersWithItsOutput() {
    var scenario =
        DecisionScenario.with(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}")
            .express()
            .build();

    assertThat(scenario.runExpress("{\"a\":1}"))
        .hasValueSatisfying(
            result -> {
              assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
              assertThat(result.output()).hasToString("{\"a\":1}");
            });
  }

  private static final String ENDLESS =
      """
      {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},
       "B":{"Type":"Choice","Choices":[{"Variable":"$.end","IsPresent":true,"Next":"Z"}],
        "Default":"A"},"Z":{"Type":"Succeed"}}}""";

  @Test
  void lastEventOfALongHistoryIsItsFailure() {
    var scenario = DecisionScenario.of(ENDLESS).start("{}");

    assertThat(scenario.history()).hasSize(25_000);
    assertThat(scenario.history()).last().isEqualTo("25000<-24999 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .isEqualTo("The execution reached the maximum number of history events (25000).");
    assertThat(scenario.timers() + scenario.scopes()).isZero();
  }

  @Test
  void historyLimitInsideAFanOutLeavesNothingBehind() {
    var scenario =
        DecisionScenario.with(
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{
                 "StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"Next":"B"},
                 "B":{"Type":"Choice","Choices":[{"Variable":"$","IsString":true,"Next":"Z"}],
                  "Default":"A"},"Z":{"Type":"Succeed"}}}}}}""")
            .limits(limits -> new Limits(262_144, 100, 40, 1_000, 2_000, 9_999, 300, 1.0))
            .build()
            .start("[1,2,3]");
    scenario.advance(Duration.ofMinutes(5));

    assertThat(scenario.history()).hasSize(100);
    assertThat(scenario.timers() + scenario.scopes() + scenario.results()).isZero();
  }

  @Test
  void longWalkGoesOnByTimersThatAreDueAtOnce() {
    var states = new StringBuilder();
    for (var i = 0; i < 5_000; i++) {
      states
          .append(i == 0 ? "" : ",")
          .append("\"S" + i + "\":{\"Type\":\"Pass\",")
          .append(i == 4_999 ? "\"End\":true}" : "\"Next\":\"S" + (i + 1) + "\"}");
    }
    var scenario =
        DecisionScenario.of("{\"StartAt\":\"S0\",\"States\":{" + states + "}}").start("{}");

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.history()).hasSize(10_002);
    assertThat(scenario.nowMillis()).isEqualTo(scenario.event(1).timestampMillis());
  }

  @Test
  void stopBetweenTwoPartsOfALongWalkLeavesNoTimer() {
    var scenario =
        DecisionScenario.with(ENDLESS)
            .limits(limits -> new Limits(262_144, 25_000, 40, 1_000, 100, 9_999, 300, 1.0))
            .pausedAt(Timer.Kind.CONTINUE)
            .build()
            .start("{}");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(scenario.execution().continuation()).isNotNull();

    scenario.stop(null, null);

    assertThat(scenario.timers()).isZero();
  }

  @Test
  void longWalkGoesOnAfterARestart() {
    var scenario =
        DecisionScenario.with(ENDLESS)
            .limits(limits -> new Limits(262_144, 1_000, 40, 1_000, 100, 9_999, 300, 1.0))
            .pausedAt(Timer.Kind.CONTINUE)
            .build()
            .start("{}");

    scenario.goOn().restart();

    assertThat(scenario.history()).hasSize(1_000);
  }

  @Test
  void timerOfAnotherAttemptIsStale() {
    var scenario = waiting();
    var timer = scenario.execution().scope(0).activeState().timers().getFirst();

    scenario.send(
        new Command.FireTimer(
            new Timer(timer.dueMillis(), timer.scopeId(), timer.stamp() + 1, timer.kind())));

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(scenario.history()).hasSize(2);
  }

  @Test
  void scaledTimeShortensWaits() {
    var scenario =
        DecisionScenario.with(WAIT.formatted(""))
            .limits(limits -> limits.withWaitTimeScale(0.1))
            .build()
            .start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofMillis(2_500));
  }
}
