package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.execution.ExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Parallel. */
class ParallelBehaviorTest {
  private static final String TASK =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true";

  private static DecisionScenario parallel(String fields, String... states) {
    var branches = new StringBuilder();
    for (var i = 0; i < states.length; i++) {
      var name = "B" + i;
      branches
          .append(i == 0 ? "" : ",")
          .append("{\"StartAt\":\"" + name + "\",\"States\":{\"" + name + "\":{")
          .append(states[i])
          .append("}}}");
    }
    return DecisionScenario.of(
        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\","
            + fields
            + "\"Branches\":["
            + branches
            + "],\"End\":true}"
            + (fields.contains("\"Next\":\"C\"") ? ",\"C\":{\"Type\":\"Pass\",\"End\":true}" : "")
            + "}}");
  }

  @Test
  void succeedsWithTheOutputsInTheOrderOfBranches() {
    var scenario =
        parallel(
                "",
                "\"Type\":\"Pass\",\"Result\":1,\"End\":true",
                "\"Type\":\"Pass\",\"Result\":2,\"End\":true")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ParallelStateEntered{P}",
            "3<-2 ParallelStateStarted",
            "4<-3 PassStateEntered{B0}",
            "5<-4 PassStateExited{B0}",
            "6<-3 PassStateEntered{B1}",
            "7<-6 PassStateExited{B1}",
            "8<-7 ParallelStateSucceeded",
            "9<-7 ParallelStateExited{P}",
            "10<-9 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("[1,2]");
  }

  @Test
  void lastBranchEventIsTheCauseEvenIfItIsNotTheLastBranch() {
    var scenario = parallel("", TASK, TASK).start("{}");
    scenario.succeed("B1", "1").restart();
    scenario.succeed("B0", "0");

    assertThat(scenario.output()).isEqualTo("[0,1]");
    assertThat(scenario.history())
        .endsWith(
            "12<-6 TaskSucceeded",
            "13<-12 TaskStateExited{B0}",
            "14<-13 ParallelStateSucceeded",
            "15<-13 ParallelStateExited{P}",
            "16<-15 ExecutionSucceeded");
  }

  @Test
  void failStateFailsAll() {
    var scenario = parallel("", "\"Type\":\"Fail\",\"Error\":\"E\"").start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ParallelStateEntered{P}",
            "3<-2 ParallelStateStarted",
            "4<-3 FailStateEntered{B0}",
            "5<-4 ParallelStateFailed",
            "6<-5 ExecutionFailed{E}");
  }

  @Test
  void failedTaskAndItsSiblingsAreAborted() {
    var scenario =
        parallel("", TASK, "\"Type\":\"Wait\",\"Seconds\":100,\"End\":true", TASK).start("{}");

    scenario.fail("B0", "E", null);

    assertThat(scenario.history().subList(2, 16))
        .containsExactly(
            "3<-2 ParallelStateStarted",
            "4<-3 TaskStateEntered{B0}",
            "5<-4 TaskScheduled",
            "6<-5 TaskStarted",
            "7<-3 WaitStateEntered{B1}",
            "8<-3 TaskStateEntered{B2}",
            "9<-8 TaskScheduled",
            "10<-9 TaskStarted",
            "11<-6 TaskFailed{E}",
            "12<-11 TaskStateAborted",
            "13<-11 WaitStateAborted",
            "14<-11 TaskStateAborted",
            "15<-11 ParallelStateFailed",
            "16<-15 ExecutionFailed{E}");
    assertThat(scenario.openTasks()).isEmpty();
    assertThat(scenario.timers()).isZero();
  }

  @Test
  void catchExitsAfterParallelStateFailed() {
    var scenario =
        parallel(
                "\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"C\"}],",
                "\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"")
            .start("{}");

    assertThat(scenario.history())
        .endsWith(
            "5<-4 ParallelStateFailed",
            "6<-5 ParallelStateExited{P}",
            "7<-6 PassStateEntered{C}",
            "8<-7 PassStateExited{C}",
            "9<-8 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("{\"Error\":\"E\",\"Cause\":\"c\"}");
  }

  @Test
  void retryRunsAllBranchesAgain() {
    var scenario =
        parallel(
                "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}],",
                "\"Type\":\"Fail\",\"Error\":\"E\"")
            .start("{}");

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(1));

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ParallelStateEntered{P}",
            "3<-2 ParallelStateStarted",
            "4<-3 FailStateEntered{B0}",
            "5<-4 ParallelStateStarted",
            "6<-5 FailStateEntered{B0}",
            "7<-6 ParallelStateFailed",
            "8<-7 ExecutionFailed{E}");
  }

  @Test
  void runtimeErrorInABranchEndsTheExecutionAtOnce() {
    var scenario =
        parallel(
                "",
                "\"Type\":\"Pass\",\"InputPath\":\"$.nope\",\"End\":true",
                "\"Type\":\"Pass\",\"End\":true")
            .start("{}");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 ParallelStateEntered{P}",
            "3<-2 ParallelStateStarted",
            "4<-3 PassStateEntered{B0}",
            "5<-4 ExecutionFailed{States.Runtime}");
    assertThat(scenario.execution().cause())
        .startsWith(
            "An error occurred while executing the state 'B0' (entered at the event id #4). ");
    assertThat(scenario.timers()).isZero();
  }

  @Test
  void runtimeErrorWhileAnotherBranchWaitsLeavesNothingBehind() {
    var scenario =
        parallel(
                "",
                TASK,
                "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\","
                    + "\"TimeoutSeconds\":9,\"OutputPath\":\"$.x\",\"End\":true")
            .start("{}");

    scenario.succeed("B1", "{}");

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(scenario.timers() + scenario.underWay()).isZero();
  }

  @Test
  void resultsOfTheNextParallelSurviveTheEndOfTheOneBefore() {
    var scenario =
        DecisionScenario.of(
                """
                {"StartAt":"P","States":{
                 "P":{"Type":"Parallel","Next":"Q","Branches":[
                  {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},
                  {"StartAt":"B","States":{"B":{"Type":"Task",
                   "Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}]},
                 "Q":{"Type":"Parallel","End":true,"Branches":[
                  {"StartAt":"C","States":{"C":{"Type":"Pass","Result":3,"End":true}}},
                  {"StartAt":"D","States":{"D":{"Type":"Task",
                   "Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}]}}}""")
            .start("{}");

    scenario.succeed("B", "2").restart().succeed("D", "4");

    assertThat(scenario.output()).isEqualTo("[3,4]");
  }

  @Test
  void parametersAreComputedOnceForAllBranches() {
    var scenario =
        parallel(
                "\"Parameters\":{\"id.$\":\"States.UUID()\"},",
                "\"Type\":\"Pass\",\"End\":true",
                "\"Type\":\"Pass\",\"End\":true")
            .start("{}");

    var output = scenario.execution().output();
    assertThat(output).isNotNull();
    assertThat(output.tree().get(0)).isEqualTo(output.tree().get(1));
  }

  @Test
  void resultSelectorAndResultPathShapeTheResult() {
    var scenario =
        parallel(
                "\"ResultSelector\":{\"first.$\":\"$[0]\"},\"ResultPath\":\"$.r\",",
                "\"Type\":\"Pass\",\"Result\":1,\"End\":true")
            .start("{\"a\":0}");

    assertThat(scenario.output()).isEqualTo("{\"a\":0,\"r\":{\"first\":1}}");
  }
}
