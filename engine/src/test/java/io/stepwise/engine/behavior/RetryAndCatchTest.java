package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retriers and catchers. */
class RetryAndCatchTest {
  private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:f";

  private static DecisionScenario task(String fields) {
    return DecisionScenario.of(definition(fields));
  }

  private static String definition(String fields) {
    return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\""
        + LAMBDA
        + "\","
        + fields
        + ",\"End\":true}"
        + (fields.contains("\"Next\":\"C\"") ? ",\"C\":{\"Type\":\"Pass\",\"End\":true}" : "")
        + "}}";
  }

  /** Fails the task until it gives up; returns the delays. */
  private static List<Duration> delays(DecisionScenario scenario, String error) {
    var delays = new ArrayList<Duration>();
    while (scenario.fail("T", error, null).status() == ExecutionStatus.RUNNING) {
      delays.add(scenario.skip());
    }
    return delays;
  }

  @Test
  void retriesOnceThenCatches() {
    var scenario =
        task("""
                "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1}],
                "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}]""")
            .start("{}");

    scenario.fail("T", "E", "one").skip();
    scenario.fail("T", "E", "two");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-2 LambdaFunctionScheduled",
            "4<-3 LambdaFunctionStarted",
            "5<-4 LambdaFunctionFailed{E}",
            "6<-5 LambdaFunctionScheduled",
            "7<-6 LambdaFunctionStarted",
            "8<-7 LambdaFunctionFailed{E}",
            "9<-8 TaskStateExited{T}",
            "10<-9 PassStateEntered{C}",
            "11<-10 PassStateExited{C}",
            "12<-11 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("{\"Error\":\"E\",\"Cause\":\"two\"}");
  }

  @Test
  void backsOffByTwoFromOneSecondThreeTimes() {
    var scenario = task("\"Retry\":[{\"ErrorEquals\":[\"E\"]}]").start("{}");

    assertThat(delays(scenario, "E"))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void delaysAreCappedByMaxDelaySeconds() {
    var scenario =
        task("""
                "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"BackoffRate":3,
                "MaxDelaySeconds":10,"MaxAttempts":4}]""")
            .start("{}");

    assertThat(delays(scenario, "E"))
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(6),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  @Test
  void fullJitterDrawsBetweenZeroAndTheDelay() {
    var seen = new ArrayList<Duration>();
    for (var seed = 0; seed < 50; seed++) {
      var scenario =
          DecisionScenario.with(
                  definition(
                      """
                      "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":10,"MaxAttempts":1,
                      "JitterStrategy":"FULL"}]"""))
              .seed(seed)
              .build()
              .start("{}");
      seen.addAll(delays(scenario, "E"));
    }

    assertThat(seen)
        .hasSize(50)
        .allMatch(delay -> !delay.isNegative() && delay.compareTo(Duration.ofSeconds(10)) <= 0)
        .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(3)) < 0)
        .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(7)) > 0);
  }

  @Test
  void everyRetrierCountsForItself() {
    var scenario =
        task("""
                "Retry":[{"ErrorEquals":["A"],"MaxAttempts":1},
                         {"ErrorEquals":["B"],"MaxAttempts":1,"IntervalSeconds":7}]""")
            .start("{}");

    scenario.fail("T", "A", null);
    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(1));
    scenario.fail("T", "B", null);
    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(7));
    scenario.fail("T", "A", null);

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void maxAttemptsOfZeroMeansNever() {
    var scenario =
        task("""
                "Retry":[{"ErrorEquals":["E"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"]}]""")
            .start("{}");

    assertThat(scenario.fail("T", "E", null).status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void countersStartAnewWithEveryVisit() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                  "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1}],
                  "Catch":[{"ErrorEquals":["E"],"Next":"T"}],"End":true}}}""")
            .start("{}");

    for (var visit = 0; visit < 3; visit++) {
      scenario.fail("T", "E", null);
      assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(1));
      scenario.fail("T", "E", null);
    }

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
  }

  @Test
  void taskFailedMatchesEverythingButTimeouts() {
    var fields =
        """
        "TimeoutSeconds":1,"Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"C"}]""";

    assertThat(task(fields).start("{}").fail("T", "Any", null).status())
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(task(fields).start("{}").advance(Duration.ofSeconds(1)).status())
        .isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void runtimeErrorsAreNeitherRetriedNorCaught() {
    var scenario =
        task("""
                "ResultSelector":{"x.$":"$.nope"},
                "Retry":[{"ErrorEquals":["States.Runtime"]}],
                "Catch":[{"ErrorEquals":["States.Runtime"],"Next":"C"}]""")
            .start("{}");

    assertThat(scenario.succeed("T", "{}").status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void catchMergesTheErrorByItsResultPathAndAssigns() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                  "ResultSelector":{"never":1},"OutputPath":"$.never","Assign":{"by":"state"},
                  "Catch":[{"ErrorEquals":["E"],"Next":"C","ResultPath":"$.error",
                    "Assign":{"by":"catcher","why.$":"$.Cause"}}],"End":true},
                 "C":{"Type":"Pass","Parameters":{"in.$":"$","by.$":"$by","why.$":"$why"},
                  "End":true}}}""")
            .start("{\"a\":1}")
            .fail("T", "E", "c");

    assertThat(scenario.output())
        .isEqualTo(
            "{\"in\":{\"a\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"c\"}},\"by\":\"catcher\","
                + "\"why\":\"c\"}");
    assertThat(((EventDetails.StateExited) scenario.event(6).details()).assigned())
        .containsOnlyKeys("by", "why");
  }

  @Test
  void catchWithResultPathNullKeepsTheInput() {
    var scenario =
        task("""
                "Catch":[{"ErrorEquals":["E"],"Next":"C","ResultPath":null}]""")
            .start("{\"a\":1}")
            .fail("T", "E", "c");

    assertThat(scenario.output()).isEqualTo("{\"a\":1}");
  }

  @Test
  void jsonataCatchShapesOutputAndVariables() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                  "Catch":[{"ErrorEquals":["E"],"Next":"C",
                    "Output":"{% $states.errorOutput.Error & '!' %}",
                    "Assign":{"c":"{% $states.errorOutput.Cause %}"}}],"End":true},
                 "C":{"Type":"Pass","Output":"{% $states.input & $c %}","End":true}}}""")
            .start("{}")
            .fail("T", "E", "why");

    assertThat(scenario.output()).isEqualTo("\"E!why\"");
  }

  @Test
  void failureWithoutErrorShowsNullsToACatcher() {
    var scenario =
        task("\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}]")
            .start("{}")
            .fail("T", null, null);

    assertThat(scenario.output()).isEqualTo("{\"Error\":null,\"Cause\":null}");
  }

  @Test
  void evaluationFailedIsWrittenForEveryAttempt() {
    var scenario =
        DecisionScenario.of(
                """
                {"QueryLanguage":"JSONata","StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                  "Arguments":{"a":"{% $states.input.nope %}"},
                  "Retry":[{"ErrorEquals":["States.QueryEvaluationError"],"MaxAttempts":1}],
                  "Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Next":"C"}],
                  "End":true},"C":{"Type":"Pass","Output":1,"End":true}}}""")
            .start("{}");
    scenario.skip();

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 TaskStateEntered{T}",
            "3<-0 EvaluationFailed{States.QueryEvaluationError}",
            "4<-0 EvaluationFailed{States.QueryEvaluationError}",
            "5<-4 TaskStateExited{T}",
            "6<-5 PassStateEntered{C}",
            "7<-6 PassStateExited{C}",
            "8<-7 ExecutionSucceeded");
  }

  @Test
  void retryTimerAndCountersSurviveARestart() {
    var scenario =
        task("""
                "Retry":[{"ErrorEquals":["E"],"MaxAttempts":2,"IntervalSeconds":100}]""")
            .start("{}");
    scenario.fail("T", "E", null).restart();
    assertThat(scenario.openTasks()).isEmpty();

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(100));
    scenario.restart().fail("T", "E", null).restart();

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(200));
    assertThat(scenario.fail("T", "E", null).status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void tooLargeTaskResultCanBeCaught() {
    var scenario =
        task("\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}]")
            .start("{}")
            .succeed("T", "\"" + "x".repeat(262_144) + "\"");

    assertThat(scenario.history())
        .contains("5<-4 LambdaFunctionFailed{States.DataLimitExceeded}", "6<-5 TaskStateExited{T}");
    assertThat(scenario.output())
        .contains(
            "The state/task '"
                + LAMBDA
                + "' returned a result with a size exceeding the maximum number of bytes service"
                + " limit.");
  }
}
