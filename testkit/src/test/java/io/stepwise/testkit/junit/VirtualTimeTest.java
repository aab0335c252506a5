package io.stepwise.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.runtime.time.VirtualTime.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** A server whose time skips, seen by its users. */
@ExtendWith(StepwiseExtension.class)
final class VirtualTimeTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/any";
  private static final int DAY_SECONDS = 24 * 3_600;

  /** A task of an activity that must be answered within a minute, tried three times. */
  private static final String WORK =
      """
      {"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:work",
       "TimeoutSeconds":3600,"HeartbeatSeconds":60,
       "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":86400,"BackoffRate":2,"MaxAttempts":2}],
       "Next":"W"}""";

  @Test
  void skipsAWaitOfAlmostAYear(SfnClient sfn, Stepwise stepwise) throws InterruptedException {
    var execution =
        run(sfn, machine("{\"Type\":\"Wait\",\"Seconds\":" + 364 * DAY_SECONDS + ",\"End\":true}"));

    var ended = stepwise.end(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(Duration.between(ended.startDate(), ended.stopDate()))
        .isEqualTo(Duration.ofDays(364));
    assertThat(stepwise.clock().now()).isEqualTo(ended.stopDate());
  }

  @Test
  void getsThroughTwoRetriesAMissedHeartbeatAndALongWait(SfnClient sfn, Stepwise stepwise)
      throws InterruptedException {
    sfn.createActivity(b -> b.name("work"));
    var execution =
        run(sfn, machine(WORK, "{\"Type\":\"Wait\",\"Seconds\":31000000,\"End\":true}"));

    // Taken and never heard of again; then nobody takes it for an hour; then it is done.
    sfn.getActivityTask(b -> b.activityArn(activity()));
    stepwise.clock().advance(Duration.ofSeconds(60));
    stepwise.clock().advance(Duration.ofHours(1));
    var task = sfn.getActivityTask(b -> b.activityArn(activity()));
    sfn.sendTaskHeartbeat(b -> b.taskToken(task.taskToken()));
    sfn.sendTaskSuccess(b -> b.taskToken(task.taskToken()).output("1"));
    var ended = stepwise.end(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(Duration.between(ended.startDate(), ended.stopDate()))
        .isEqualTo(Duration.ofSeconds(60 + DAY_SECONDS + 3_600 + 2 * DAY_SECONDS + 31_000_000));
    assertThat(types(sfn, execution))
        .isEqualTo(
            "ExecutionStarted TaskStateEntered"
                + " ActivityScheduled ActivityStarted ActivityTimedOut"
                + " ActivityScheduled ActivityTimedOut"
                + " ActivityScheduled ActivityStarted ActivitySucceeded"
                + " TaskStateExited WaitStateEntered WaitStateExited ExecutionSucceeded");
  }

  @Test
  void movesOnFromWhereTimeStandsStillByItself(SfnClient sfn, Stepwise stepwise) {
    var start = stepwise.clock().now();
    run(sfn, machine("{\"Type\":\"Wait\",\"Seconds\":86400,\"End\":true}"));

    // Whether or not the wait was skipped before it is told: the day is over first.
    stepwise.clock().advance(Duration.ofHours(1));

    assertThat(Duration.between(start, stepwise.clock().now())).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void standsStillForATaskThatAWorkerMayStillTake(SfnClient sfn, Stepwise stepwise) {
    sfn.createActivity(b -> b.name("work"));
    var before = stepwise.clock().now();
    var execution = run(sfn, machine(WORK, "{\"Type\":\"Succeed\"}"));

    assertThat(sfn.getActivityTask(b -> b.activityArn(activity())).taskToken()).isNotEmpty();
    assertThat(sfn.describeExecution(b -> b.executionArn(execution)).status())
        .isEqualTo(ExecutionStatus.RUNNING);
    assertThat(stepwise.clock().now()).isEqualTo(before);
  }

  @Test
  void skipsWaitsBesideATaskThatNobodyAnswers(SfnClient sfn, Stepwise stepwise)
      throws InterruptedException {
    sfn.createActivity(b -> b.name("work"));
    run(
        sfn,
        machine(
            "{\"Type\":\"Task\",\"Resource\":\"" + activity() + "\",\"Next\":\"W\"}",
            "{\"Type\":\"Succeed\"}"));
    var waiting = run(sfn, machine("{\"Type\":\"Wait\",\"Seconds\":100,\"End\":true}"));

    assertThat(stepwise.end(waiting).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void skipsToTheTimeoutOfAnExecutionThatOnlyWaits(SfnClient sfn, Stepwise stepwise)
      throws InterruptedException {
    var definition =
        "{\"StartAt\":\"S\",\"TimeoutSeconds\":3,\"States\":{\"S\":"
            + "{\"Type\":\"Wait\",\"Seconds\":25,\"End\":true}}}";

    var ended = stepwise.end(run(sfn, definition));

    assertThat(ended.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(Duration.between(ended.startDate(), ended.stopDate()))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void skipsToEveryDeadlineWhereItIsTold(SfnClient sfn, Stepwise stepwise)
      throws InterruptedException {
    sfn.createActivity(b -> b.name("work"));
    stepwise.clock().skip(Skip.EVERYTHING);

    var ended = stepwise.end(run(sfn, machine(WORK, "{\"Type\":\"Succeed\"}")));

    assertThat(ended.error()).isEqualTo("States.Timeout");
    assertThat(Duration.between(ended.startDate(), ended.stopDate()))
        .isEqualTo(Duration.ofSeconds(3 * 3_600 + 3 * DAY_SECONDS));
  }

  @Test
  void movesOnlyWhenToldWhereItIsTold(SfnClient sfn, Stepwise stepwise)
      throws InterruptedException {
    stepwise.clock().skip(Skip.NOTHING);
    var start = stepwise.clock().now();
    var execution = run(sfn, machine("{\"Type\":\"Wait\",\"Seconds\":100,\"End\":true}"));

    stepwise.clock().advance(Duration.ofSeconds(99));
    assertThat(sfn.describeExecution(b -> b.executionArn(execution)).status())
        .isEqualTo(ExecutionStatus.RUNNING);

    stepwise.clock().advanceTo(start.plusSeconds(200));
    var ended = sfn.describeExecution(b -> b.executionArn(execution));
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.stopDate()).isEqualTo(start.plusSeconds(100));
  }

  @Test
  void runsExpressExecutionsOnTheSameTime(SfnClient sfn) {
    var machine =
        sfn.createStateMachine(
                b ->
                    b.name("express")
                        .type(StateMachineType.EXPRESS)
                        .roleArn(ROLE)
                        .definition(machine("{\"Type\":\"Wait\",\"Seconds\":200,\"End\":true}")))
            .stateMachineArn();

    var answer = sfn.startSyncExecution(b -> b.stateMachineArn(machine));

    assertThat(Duration.between(answer.startDate(), answer.stopDate()))
        .isEqualTo(Duration.ofSeconds(200));
  }

  @Test
  void startsEachTestEmptyAndAtTheTimeOfThisMachine(SfnClient sfn, TestClock clock) {
    assertThat(sfn.listStateMachines().stateMachines()).isEmpty();
    assertThat(sfn.listActivities().activities()).isEmpty();
    assertThat(Duration.between(clock.now(), Instant.now())).isLessThan(Duration.ofHours(1));
  }

  private static String activity() {
    return "arn:aws:states:us-east-1:123456789012:activity:work";
  }

  private static String machine(String state) {
    return "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}";
  }

  private static String machine(String state, String next) {
    return "{\"StartAt\":\"S\",\"States\":{\"S\":" + state + ",\"W\":" + next + "}}";
  }

  private static String run(SfnClient sfn, String definition) {
    var name = "m" + definition.hashCode();
    var machine =
        sfn.createStateMachine(b -> b.name(name).roleArn(ROLE).definition(definition))
            .stateMachineArn();
    return sfn.startExecution(b -> b.stateMachineArn(machine)).executionArn();
  }

  private static String types(SfnClient sfn, String execution) {
    return sfn.getExecutionHistoryPaginator(b -> b.executionArn(execution)).events().stream()
        .map(event -> event.typeAsString())
        .collect(Collectors.joining(" "));
  }
}
