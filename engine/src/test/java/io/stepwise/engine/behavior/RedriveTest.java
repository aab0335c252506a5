package io.stepwise.engine.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.EventDetails;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RedriveExecution. */
class RedriveTest {
  private static final String WORK =
      "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\"";
  private static final String TASK = WORK + ",\"End\":true";

  private static DecisionScenario machine(String... states) {
    var all = new StringBuilder();
    for (var i = 0; i < states.length; i++) {
      var last = i == states.length - 1;
      all.append(i == 0 ? "" : ",").append("\"S" + i + "\":{").append(states[i]);
      all.append(last ? "" : ",\"Next\":\"S" + (i + 1) + "\"").append('}');
    }
    return DecisionScenario.of("{\"StartAt\":\"S0\",\"States\":{" + all + "}}");
  }

  private static @Nullable Reply redrive(DecisionScenario scenario) {
    return scenario.send(new Command.RedriveExecution(null));
  }

  @Test
  void schedulesTheFailedTaskAgainWithoutEnteringItsStateAgain() {
    var scenario = machine("\"Type\":\"Pass\"", TASK).start("{\"a\":1}");
    scenario.fail("S1", "E", "because");

    assertThat(redrive(scenario)).isEqualTo(new Reply.Redriven(scenario.nowMillis()));
    scenario.succeed("S1", "2");

    assertThat(scenario.history())
        .containsExactly(
            "1<-0 ExecutionStarted",
            "2<-0 PassStateEntered{S0}",
            "3<-2 PassStateExited{S0}",
            "4<-3 TaskStateEntered{S1}",
            "5<-4 TaskScheduled",
            "6<-5 TaskStarted",
            "7<-6 TaskFailed{E}",
            "8<-7 ExecutionFailed{E}",
            "9<-8 ExecutionRedriven{1}",
            "10<-9 TaskScheduled",
            "11<-10 TaskStarted",
            "12<-11 TaskSucceeded",
            "13<-12 TaskStateExited{S1}",
            "14<-13 ExecutionSucceeded");
    assertThat(scenario.output()).isEqualTo("2");
    assertThat(scenario.execution().error()).isNull();
    assertThat(scenario.scopes() + scenario.timers() + scenario.underWay()).isZero();
  }

  @Test
  void keepsVariablesAndGivesTheTaskItsInputAgain() {
    var scenario =
        machine(
                "\"Type\":\"Pass\",\"Assign\":{\"kept\":7},\"Result\":{\"b\":2}",
                WORK + ",\"Parameters\":{\"v.$\":\"$kept\",\"in.$\":\"$.b\"},\"End\":true")
            .start("{}");
    scenario.fail("S1", "E", null).restart();
    redrive(scenario);

    assertThat(scenario.restart().task("S1").parameters().text()).isEqualTo("{\"v\":7,\"in\":2}");
  }

  @Test
  void countsRetriesFromNothing() {
    var scenario =
        machine(
                WORK
                    + ",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}],\"Parameters\":"
                    + "{\"n.$\":\"$$.State.RetryCount\"},\"End\":true")
            .start("{}");
    scenario.fail("S0", "E", null).skip();
    scenario.fail("S0", "E", null);
    redrive(scenario);

    assertThat(scenario.task("S0").parameters().text()).isEqualTo("{\"n\":0}");
    scenario.fail("S0", "E", null).skip();
    assertThat(scenario.task("S0").parameters().text()).isEqualTo("{\"n\":1}");
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
  }

  @Test
  void tellsTheContextObject() {
    var scenario =
        machine(WORK + ",\"Parameters\":{\"n.$\":\"$$.Execution.RedriveCount\"},\"End\":true")
            .start("{}");
    scenario.fail("S0", "E", null);
    redrive(scenario);
    scenario.fail("S0", "E", null);
    redrive(scenario);

    assertThat(scenario.task("S0").parameters().text()).isEqualTo("{\"n\":2}");
    assertThat(scenario.execution().redriveCount()).isEqualTo(2);
  }

  @Test
  void waitsAgainAndStartsItsTimeoutAnew() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"S\",\"TimeoutSeconds\":100,\"States\":{\"S\":"
                    + "{\"Type\":\"Wait\",\"Seconds\":90,\"End\":true}}}")
            .start("{}");
    scenario.advance(Duration.ofSeconds(50)).stop("Stopped", null);
    scenario.advance(Duration.ofHours(1));
    redrive(scenario);

    scenario.advance(Duration.ofSeconds(89));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.RUNNING);
    scenario.advance(Duration.ofSeconds(1));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void timesOutAgainAfterItsWholeTimeout() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"S\",\"TimeoutSeconds\":100,\"States\":{\"S\":"
                    + "{\"Type\":\"Wait\",\"Seconds\":900,\"End\":true}}}")
            .start("{}");
    scenario.advance(Duration.ofSeconds(150));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    redrive(scenario);

    assertThat(scenario.skip()).isEqualTo(Duration.ofSeconds(100));
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void leavesAWaitForAMomentThatHasPassedAtOnce() {
    var scenario =
        machine("\"Type\":\"Wait\",\"Timestamp\":\"2026-01-02T00:00:00Z\",\"End\":true")
            .start("{}");
    scenario.stop(null, null);
    scenario.advance(Duration.ofDays(2));
    redrive(scenario);

    assertThat(scenario.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void failsAgainAtAFailState() {
    var scenario = machine("\"Type\":\"Fail\",\"Error\":\"E\"").start("{}");
    redrive(scenario);

    assertThat(scenario.history())
        .endsWith(
            "3<-2 ExecutionFailed{E}", "4<-3 ExecutionRedriven{1}", "5<-4 ExecutionFailed{E}");
  }

  @Test
  void runsOnlyTheBranchesThatDidNotEndWell() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                    + "{\"StartAt\":\"A\",\"States\":{\"A\":{"
                    + TASK
                    + "}}},{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"Next\":\"B2\"},\"B2\":{"
                    + TASK
                    + "}}},{\"StartAt\":\"C\",\"States\":{\"C\":{"
                    + TASK
                    + "}}}]}}}")
            .start("{}");
    scenario.succeed("A", "\"a\"").restart();
    scenario.fail("B2", "E", null);
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
    var failedAt = scenario.events().size();

    redrive(scenario);
    scenario.restart();
    scenario.succeed("C", "\"c\"").succeed("B2", "\"b\"");

    assertThat(scenario.output()).isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(scenario.history().subList(failedAt, scenario.events().size()))
        .containsExactly(
            "22<-21 ExecutionRedriven{1}",
            "23<-22 TaskScheduled",
            "24<-23 TaskStarted",
            "25<-22 TaskScheduled",
            "26<-25 TaskStarted",
            "27<-26 TaskSucceeded",
            "28<-27 TaskStateExited{C}",
            "29<-24 TaskSucceeded",
            "30<-29 TaskStateExited{B2}",
            "31<-30 ParallelStateSucceeded",
            "32<-30 ParallelStateExited{P}",
            "33<-32 ExecutionSucceeded");
    assertThat(scenario.scopes() + scenario.results() + scenario.underWay()).isZero();
  }

  @Test
  void runsFailedIterationsAndThoseThatWereNotStarted() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"End\":true,"
                    + "\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{\"I\":{"
                    + TASK
                    + "}}}}}}")
            .start("[0,1,2,3]");
    scenario.succeed("I", "\"0\"");
    scenario.fail("I", "E", null);
    redrive(scenario);
    scenario.restart();
    for (var i = 0; i < 3; i++) {
      scenario.succeed("I", "\"again\"");
    }

    assertThat(scenario.output()).isEqualTo("[\"0\",\"again\",\"again\",\"again\"]");
    assertThat(scenario.openTasks()).isEmpty();
  }

  @Test
  void goesOnInsideMapsInsideBranches() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                    + "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"End\":true,"
                    + "\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{\"I\":{"
                    + TASK
                    + "}}}}}},{\"StartAt\":\"T\",\"States\":{\"T\":{"
                    + TASK
                    + "}}}]}}}")
            .start("[1,2]");
    scenario.succeed("I", "\"one\"").fail("T", "E", null);
    redrive(scenario);
    scenario.succeed("T", "\"t\"").succeed("I", "\"two\"");

    assertThat(scenario.output()).isEqualTo("[[\"one\",\"two\"],\"t\"]");
  }

  @Test
  void runsAllBranchesAgainAfterTooMuchData() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                    + "{\"StartAt\":\"A\",\"States\":{\"A\":{"
                    + TASK
                    + "}}},{\"StartAt\":\"B\",\"States\":{\"B\":{"
                    + WORK
                    + ",\"ResultPath\":\"$.r\",\"Next\":\"B2\"},\"B2\":{\"Type\":\"Pass\",\"Parameters\":"
                    + "{\"x.$\":\"$.r\",\"y.$\":\"$.r\"},\"End\":true}}}]}}}")
            .start("{}");
    scenario.succeed("A", "1").succeed("B", "\"" + "x".repeat(200_000) + "\"");
    assertThat(scenario.execution().error()).isEqualTo("States.DataLimitExceeded");

    redrive(scenario);

    assertThat(scenario.openTasks()).hasSize(2);
  }

  @Test
  void refusesWhatRunsOrSucceeded() {
    var running = machine(TASK).start("{}");
    assertThat(redrive(running))
        .isEqualTo(new Reply.NotRedrivable("Execution is RUNNING and cannot be redriven"));

    running.succeed("S0", "1");
    assertThat(redrive(running))
        .isEqualTo(new Reply.NotRedrivable("Execution is SUCCEEDED and cannot be redriven"));
  }

  @Test
  void refusesAfterFourteenDays() {
    var scenario = machine("\"Type\":\"Fail\"").start("{}");
    scenario.advance(Duration.ofDays(14).plusSeconds(1));

    assertThat(redrive(scenario))
        .isEqualTo(new Reply.NotRedrivable("Execution redrivable period exceeded."));
  }

  @Test
  void answersTheSameTokenTheSame() {
    var scenario = machine(TASK).start("{}");
    scenario.fail("S0", "E", null);
    var first = scenario.send(new Command.RedriveExecution("token"));
    scenario.advance(Duration.ofMinutes(10)).restart();

    assertThat(scenario.send(new Command.RedriveExecution("token"))).isEqualTo(first);
    assertThat(scenario.execution().redriveCount()).isEqualTo(1);

    scenario.fail("S0", "E", null);
    scenario.advance(Duration.ofMinutes(10));
    assertThat(scenario.send(new Command.RedriveExecution("token"))).isNotEqualTo(first);
    assertThat(scenario.execution().redriveCount()).isEqualTo(2);
  }

  @Test
  void closesWhatWasLeftOnceTheFailureIsCaught() {
    var scenario =
        DecisionScenario.of(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,"
                    + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"T\"}],\"Branches\":["
                    + "{\"StartAt\":\"A\",\"States\":{\"A\":{"
                    + TASK
                    + "}}},{\"StartAt\":\"B\",\"States\":{\"B\":{"
                    + TASK
                    + "}}}]},\"T\":{"
                    + TASK
                    + "}}}")
            .start("{}");
    scenario.succeed("A", "1").restart();
    scenario.fail("B", "E", null);

    assertThat(scenario.scopes()).isEqualTo(1);
    assertThat(scenario.results()).isZero();
  }

  // ── Map runs ───────────────────────────────────────────────────────────────────────────────

  private static DecisionScenario distributed(String type, String fields) {
    return DecisionScenario.of(
        "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"Label\":\"L\","
            + fields
            + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\""
            + type
            + "\"},\"StartAt\":\"I\",\"States\":{\"I\":{"
            + TASK
            + "}}},\"End\":true}}}");
  }

  private static MapRunSnapshot mapRun(DecisionScenario scenario) {
    var arn = ((EventDetails.MapRun) scenario.event(4).details()).mapRunArn();
    return scenario.mapRun(arn);
  }

  @Test
  void redrivesTheChildrenThatDidNotEndWellAndStartsTheRest() {
    var scenario = distributed("STANDARD", "\"MaxConcurrency\":2,").start("[0,1,2,3]");
    scenario.succeed("I", "\"0\"").restart();
    scenario.fail("I", "E", null);
    assertThat(scenario.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(mapRun(scenario).status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(scenario.others()).hasSize(3);

    redrive(scenario);
    assertThat(mapRun(scenario).status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(mapRun(scenario).redriveCount()).isEqualTo(1);
    scenario.restart();
    for (var i = 0; i < 3; i++) {
      scenario.succeed("I", "\"again\"");
    }

    assertThat(scenario.output()).isEqualTo("[\"0\",\"again\",\"again\",\"again\"]");
    assertThat(scenario.others()).hasSize(4);
    assertThat(scenario.others()).extracting(Execution::redriveCount).containsExactly(0, 1, 1, 0);
    assertThat(scenario.history())
        .endsWith(
            "7<-6 ExecutionFailed{States.ExceedToleratedFailureThreshold}",
            "8<-7 ExecutionRedriven{1}",
            "9<-8 MapRunRedriven{1}",
            "10<-9 MapRunSucceeded",
            "11<-10 MapStateSucceeded",
            "12<-9 MapStateExited{M}",
            "13<-12 ExecutionSucceeded");
    assertThat(mapRun(scenario).executions())
        .isEqualTo(new MapRunSnapshot.Counts(4, 0, 0, 4, 0, 0, 0, 0));
    assertThat(scenario.scopes() + scenario.underWay()).isZero();
  }

  @Test
  void startsExpressChildrenOnceMore() {
    var scenario = distributed("EXPRESS", "").start("[0,1]");
    scenario.succeed("Express", "\"0\"").fail("Express", "E", null);
    redrive(scenario);
    scenario.succeed("Express", "\"again\"");

    assertThat(scenario.output()).isEqualTo("[\"0\",\"again\"]");
  }

  @Test
  void countsChildrenThatWaitForTheirRedrive() {
    var scenario = distributed("STANDARD", "\"MaxConcurrency\":3,").start("[0,1,2,3,4]");
    scenario.fail("I", "E", null);
    scenario.send(new Command.RedriveExecution(null));
    scenario.fail("I", "E", null);
    redrive(scenario);

    // Three had been started before, of which three run again; two were never started.
    assertThat(mapRun(scenario).executions())
        .isEqualTo(new MapRunSnapshot.Counts(5, 2, 3, 0, 0, 0, 0, 0));
    assertThat(mapRun(scenario).redriveCount()).isEqualTo(2);
  }

  @Test
  void countsTheItemsOfBatchesWhereverTheirChildrenAre() {
    var scenario =
        distributed("STANDARD", "\"MaxConcurrency\":1,\"ItemBatcher\":{\"MaxItemsPerBatch\":2},")
            .start("[0,1,2,3,4,5,6]");
    assertThat(mapRun(scenario).items()).isEqualTo(counts(5, 2, 0, 0, 0));
    scenario.succeed("I", "1").restart().succeed("I", "2");
    assertThat(mapRun(scenario).items()).isEqualTo(counts(1, 2, 4, 0, 0));

    scenario.fail("I", "E", null);
    assertThat(mapRun(scenario).items()).isEqualTo(counts(1, 0, 4, 2, 0));

    redrive(scenario);
    assertThat(mapRun(scenario).items()).isEqualTo(counts(1, 2, 4, 0, 0));
    scenario.restart().succeed("I", "3");
    assertThat(mapRun(scenario).items()).isEqualTo(counts(0, 1, 6, 0, 0));
    scenario.succeed("I", "4");
    assertThat(mapRun(scenario).items()).isEqualTo(counts(0, 0, 7, 0, 0));
  }

  @Test
  void countsTheItemsOfBatchesThatWaitForTheirRedrive() {
    var scenario =
        distributed("STANDARD", "\"ItemBatcher\":{\"MaxItemsPerBatch\":2},").start("[0,1,2,3,4]");
    scenario.succeed("I", "1").fail("I", "E", null);
    assertThat(mapRun(scenario).items())
        .isEqualTo(new MapRunSnapshot.Counts(5, 0, 0, 2, 2, 0, 1, 0));
    var run = mapRun(scenario).arn();
    scenario.send(new Command.UpdateMapRun(run, 1, null, null));
    redrive(scenario);
    assertThat(mapRun(scenario).items().running() + mapRun(scenario).items().pendingRedrive())
        .isEqualTo(3);

    scenario.restart().succeed("I", "2");
    while (scenario.status() == ExecutionStatus.RUNNING) {
      scenario.succeed("I", "3");
    }
    assertThat(mapRun(scenario).items()).isEqualTo(counts(0, 0, 5, 0, 0));
  }

  private static MapRunSnapshot.Counts counts(
      long pending, long running, long succeeded, long failed, long pendingRedrive) {
    return new MapRunSnapshot.Counts(
        pending + running + succeeded + failed + pendingRedrive,
        pending,
        running,
        succeeded,
        failed,
        0,
        0,
        pendingRedrive);
  }

  @Test
  void redrivesChildrenOfAnExecutionThatWasStopped() {
    var scenario = distributed("STANDARD", "").start("[0,1]");
    scenario.stop(null, null);
    assertThat(scenario.others())
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.ABORTED);
    redrive(scenario);
    scenario.succeed("I", "\"a\"").succeed("I", "\"b\"");

    assertThat(scenario.output()).isEqualTo("[\"a\",\"b\"]");
  }
}
