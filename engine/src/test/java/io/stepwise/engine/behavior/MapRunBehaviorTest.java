package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The Distributed Map. */
class MapRunBehaviorTest {
  private static final String PASS = "\"Type\":\"Pass\",\"End\":true";
  private static final String TASK =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true";

  private static DecisionScenario map(String fields, String inner) {
    return DecisionScenario.of(definition("STANDARD", fields, inner));
  }

  private static String definition(String type, String fields, String inner) {
    return "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"Label\":\"L\","
        + fields
        + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\""
        + type
        + "\"},\"StartAt\":\"I\",\"States\":{\"I\":{"
        + inner
        + "}}},\"End\":true}}}";
  }

  private static MapRunSnapshot mapRun(DecisionScenario scenario) {
    var arn = ((EventDetails.MapRun) scenario.event(4).details()).mapRunArn();
    return scenario.mapRun(arn);
  }

  @Test
  void succeedsWhenAllChildrenHave() {
    var scenario = map("", PASS).start("[1,2,3]");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 MapStateStarted{3}",
            "4<-3 MapRunStarted",
            "5<-4 MapRunSucceeded",
            "6<-5 MapStateSucceeded",
            "7<-4 MapStateExited{M}",
            "8<-7 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("[1,2,3]");
    assertThat(mapRun(scenario).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(mapRun(scenario).executions().succeeded()).isEqualTo(3);
    assertThat(mapRun(scenario).arn())
        .startsWith("arn:aws:states:us-east-1:123456789012:mapRun:machine/L:");
  }

  @Test
  void childrenHaveHistoriesAndNamesOfTheirOwn() {
    var scenario = map("", PASS).start("[1]");
    var child = scenario.others().getFirst();

    assertThat(child.header().arn().text())
        .startsWith("arn:aws:states:us-east-1:123456789012:execution:machine/L:");
    assertThat(scenario.events(child.header().id()).stream().map(event -> event.type().name()))
        .containsExactly(
            "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
  }

  @Test
  void emptyInputSucceedsAtOnce() {
    assertThat(map("", PASS).start("[]").history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 MapStateStarted{0}",
            "4<-3 MapRunStarted",
            "5<-4 MapRunSucceeded",
            "6<-5 MapStateSucceeded",
            "7<-4 MapStateExited{M}",
            "8<-7 ExecutionSucceeded");
  }

  @Test
  void firstFailureFailsTheRunWithoutTolerance() {
    var scenario = map("", TASK).start("[1,2]");
    scenario.fail("I", "E", "c");

    assertThat(scenario.history())
        .endsWith(
            "5<-4 MapRunFailed{States.ExceedToleratedFailureThreshold}",
            "6<-5 MapStateFailed",
            "7<-6 ExecutionFailed{States.ExceedToleratedFailureThreshold}");
    assertThat(scenario.execution().cause())
        .isEqualTo("The specified tolerated failure threshold was exceeded");
    assertThat(scenario.others().stream().map(Execution::status))
        .containsExactlyInAnyOrder(ExecutionStatus.FAILED, ExecutionStatus.ABORTED);
    assertThat(mapRun(scenario).status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void toleratesFailuresUpToTheCount() {
    var scenario = map("\"ToleratedFailureCount\":1,", TASK).start("[1,2,3]");
    scenario.fail("I", "E", "c");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);

    scenario.succeed("I", "\"b\"").succeed("I", "\"c\"");

    assertThat(scenario.output()).isEqualTo("[\"b\",\"c\"]");
    assertThat(mapRun(scenario).executions().failed()).isEqualTo(1);
  }

  @Test
  void failsOverTheCount() {
    var scenario = map("\"ToleratedFailureCount\":1,", TASK).start("[1,2,3]");
    scenario.fail("I", "E", "c").fail("I", "E", "c");

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void toleratesFailuresUpToThePercentage() {
    var scenario = map("\"ToleratedFailurePercentage\":50,", TASK).start("[1,2,3,4]");
    scenario.fail("I", "E", "c").fail("I", "E", "c");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);

    scenario.fail("I", "E", "c");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
  }

  @Test
  void batchesItemsUpToTheMaximum() {
    var scenario =
        map(
                """
                "ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"k":1}},
                "ItemSelector":{"v.$":"$$.Map.Item.Value"},""",
                PASS)
            .start("[1,2,3]");

    assertThat(scenario.output())
        .isEqualTo(
            "[{\"BatchInput\":{\"k\":1},\"Items\":[{\"v\":1},{\"v\":2}]},"
                + "{\"BatchInput\":{\"k\":1},\"Items\":[{\"v\":3}]}]");
    assertThat(mapRun(scenario).executions().total()).isEqualTo(2);
    assertThat(mapRun(scenario).items().total()).isEqualTo(3);
    assertThat(mapRun(scenario).items().succeeded()).isEqualTo(3);
  }

  @Test
  void batchesStayWithinTheirBytes() {
    var scenario =
        map("\"ItemBatcher\":{\"MaxInputBytesPerBatch\":28},", PASS).start("[11111,22222,33333]");

    assertThat(scenario.output()).isEqualTo("[{\"Items\":[11111,22222]},{\"Items\":[33333]}]");
    var exact =
        map("\"ItemBatcher\":{\"MaxInputBytesPerBatch\":29},", PASS).start("[11111,22222,33333]");
    assertThat(exact.output()).isEqualTo("[{\"Items\":[11111,22222,33333]}]");
  }

  @Test
  void runsNoMoreThanMaxConcurrencyChildren() {
    var scenario = map("\"MaxConcurrency\":2,", TASK).start("[0,1,2,3]");

    assertThat(scenario.openTasks()).hasSize(2);
    for (var i = 0; i < 4; i++) {
      assertThat(scenario.openTasks()).hasSizeLessThanOrEqualTo(2);
      scenario.succeed("I", Integer.toString(i));
    }
    assertThat(scenario.output()).isEqualTo("[0,1,2,3]");
  }

  @Test
  void restartStartsNoChildTwice() {
    var scenario = map("", TASK).start("[0,1]");
    scenario.succeed("I", "0").restart();
    assertThat(scenario.others()).hasSize(2);

    scenario.succeed("I", "1");

    assertThat(scenario.output()).isEqualTo("[0,1]");
    assertThat(scenario.underWay()).isZero();
  }

  @Test
  void stoppingTheParentAbortsItsChildrenAndTheRun() {
    var scenario = map("", TASK).start("[0,1]");

    scenario.stop(null, null);

    assertThat(scenario.others().stream().map(Execution::status))
        .containsOnly(ExecutionStatus.ABORTED);
    assertThat(mapRun(scenario).status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(mapRun(scenario).executions().aborted()).isEqualTo(2);
    assertThat(scenario.underWay() + scenario.timers()).isZero();
  }

  @Test
  void expressChildrenRunInMemory() {
    var scenario = DecisionScenario.of(definition("EXPRESS", "", PASS)).start("[1,2]");

    assertThat(scenario.output()).isEqualTo("[1,2]");
    assertThat(scenario.others()).isEmpty();
  }

  @Test
  void expressChildrenRunAgainAfterARestart() {
    var scenario = DecisionScenario.of(definition("EXPRESS", "", TASK)).start("[1]");
    scenario.restart();

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(scenario.openTasks()).hasSize(1);
  }

  @Test
  void retryStartsANewRun() {
    var scenario =
        map("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":1}],", TASK).start("[1]");
    scenario.fail("I", "E", null).skip();
    scenario.succeed("I", "1");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 MapStateEntered{M}",
            "3<-2 MapStateStarted{1}",
            "4<-3 MapRunStarted",
            "5<-4 MapRunFailed{States.ExceedToleratedFailureThreshold}",
            "6<-5 MapStateStarted{1}",
            "7<-6 MapRunStarted",
            "8<-7 MapRunSucceeded",
            "9<-8 MapStateSucceeded",
            "10<-7 MapStateExited{M}",
            "11<-10 ExecutionSucceeded");
  }

  @Test
  void manyChildrenNeedManyDecisions() {
    var items = IntStream.range(0, 5_000).boxed().toList().toString();
    var scenario = map("", PASS).start(items);

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(scenario.others()).hasSize(5_000);
    assertThat(scenario.underWay() + scenario.timers() + scenario.results()).isZero();
  }

  @Test
  void objectsAreIteratedByKey() {
    var scenario =
        map("\"ItemSelector\":{\"k.$\":\"$$.Map.Item.Key\",\"v.$\":\"$$.Map.Item.Value\"},", PASS)
            .start("{\"a\":1,\"b\":2}");

    assertThat(scenario.output()).isEqualTo("[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":2}]");
  }
}
