package io.stepwise.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.scenario.FoldOracle;
import io.stepwise.scenario.TestDirectory;
import io.stepwise.scenario.VirtualClock;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.Expiry;
import io.stepwise.storage.execution.UnderWay;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Portions, and what a failing decision, write or row leaves behind. */
class ShardStepTest {
  private static final String WAIT =
      """
      {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}""";
  private static final String TASK =
      """
      {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
       "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"}}}}""";

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final PlantedStorage storage = new PlantedStorage();
  private final TestDirectory directory = new TestDirectory();
  private final ExecutionReader store = new ExecutionReader(storage, directory::revision);
  private final List<Effect> effects = new ArrayList<>();
  private final List<@Nullable StartResult> answers = new ArrayList<>();
  private final FoldOracle oracle = new FoldOracle(store);
  private ShardStep step = newStep();

  private ShardStep newStep() {
    return OnlyWorker.step(storage, directory, clock, effects::add, oracle);
  }

  private void start(StateMachineRevision machine, String name) {
    var arn = machine.stateMachineArn().execution(name);
    step.process(
        new Message.Start(
            StartRequest.ofClient(machine, arn, name, Payload.EMPTY_OBJECT, null, null, null),
            answers::add));
  }

  private void finish() {
    step.commit();
    step.release();
  }

  private ExecutionStatus status(StateMachineRevision machine, String name) {
    var arn = machine.stateMachineArn().execution(name);
    return store.describe(store.find(arn.text()).orElseThrow()).orElseThrow().status();
  }

  private int rows() {
    return storage.rows().rows().size();
  }

  @Test
  void timersFireInPortionsBetweenWhichOthersAreServed() {
    var machine = directory.register("m", WAIT, StateMachineType.STANDARD);
    for (var i = 0; i < 5_000; i++) {
      start(machine, "run" + i);
    }
    finish();
    clock.advance(Duration.ofSeconds(60));

    var portions = 0;
    var more = true;
    while (more) {
      var before = answers.size();
      more = step.fireTimers();
      start(machine, "between" + portions++);
      finish();
      assertThat(answers).hasSize(before + 1);
    }

    assertThat(portions).isGreaterThanOrEqualTo(5_000 / 256);
    for (var i = 0; i < 5_000; i++) {
      assertThat(status(machine, "run" + i)).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  @Test
  void recoverySendsAllThatWasUnderWayOnceThoughMoreBeginsMeanwhile() {
    var machine = directory.register("m", TASK, StateMachineType.STANDARD);
    for (var i = 0; i < 1_000; i++) {
      start(machine, "run" + i);
    }
    finish();
    effects.clear();
    step = newStep();

    step.beginRecovery();
    var portions = 0;
    for (var more = true; more; portions++) {
      more = step.recoverSome();
      start(machine, "between" + portions);
      finish();
    }

    assertThat(portions).isGreaterThanOrEqualTo(4);
    Set<Object> once = new HashSet<>();
    effects.forEach(effect -> assertThat(once.add(((Effect.InvokeTask) effect).task())).isTrue());
    assertThat(once).hasSize(1_000 + portions);
  }

  @Test
  void whatWasAnsweredWhileARecoveryGoesOnIsNotSentAgain() {
    var machine = directory.register("m", TASK, StateMachineType.STANDARD);
    for (var i = 0; i < 300; i++) {
      start(machine, "run" + i);
    }
    finish();
    var last = ((Effect.InvokeTask) effects.getLast()).task();
    effects.clear();
    step = newStep();
    step.beginRecovery();

    step.process(
        new Message.ForExecution(
            last.executionId(),
            new Command.AnswerTask(
                last.scopeId(), last.stamp(), new Outcome.Success(Payload.EMPTY_OBJECT)),
            reply -> {},
            null));
    finish();
    while (step.recoverSome()) {
      finish();
    }
    finish();

    assertThat(effects).hasSize(299);
    assertThat(effects).noneMatch(effect -> ((Effect.InvokeTask) effect).task().equals(last));
  }

  @Test
  void aStartWhoseWriteFailsHalfWayLeavesNothingAndTheOthersStand() {
    var machine = directory.register("m", WAIT, StateMachineType.STANDARD);
    start(machine, "first");
    storage.failAfter(3);
    start(machine, "second");
    start(machine, "third");
    finish();

    assertThat(storage.hasFailed()).isTrue();
    assertThat(answers.get(1)).isNull();
    assertThat(answers.get(0)).isInstanceOf(StartResult.Started.class);
    assertThat(answers.get(2)).isInstanceOf(StartResult.Started.class);
    assertThat(rows() % 2).isZero(); // two alike, nothing of a third
    assertThat(status(machine, "first")).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(status(machine, "third")).isEqualTo(ExecutionStatus.RUNNING);

    start(machine, "second");
    finish();
    assertThat(status(machine, "second")).isEqualTo(ExecutionStatus.RUNNING);
  }

  @Test
  void aDecisionWhoseWriteFailsHalfWayFailsItsExecutionVisibly() {
    var machine = directory.register("m", WAIT, StateMachineType.STANDARD);
    for (var put = 0; put < 6; put++) {
      var name = "run" + put;
      start(machine, name);
      start(machine, "beside" + put);
      finish();
      clock.advance(Duration.ofSeconds(60));
      storage.failAfter(put);

      while (step.fireTimers()) {
        finish();
      }
      finish();

      var failed = storage.hasFailed();
      storage.failAfter(-1);
      var ends = List.of(status(machine, name), status(machine, "beside" + put));
      assertThat(ends).containsOnlyOnce(ExecutionStatus.SUCCEEDED);
      assertThat(ends).containsOnlyOnce(ExecutionStatus.FAILED);
      assertThat(failed).isTrue();
    }
  }

  @Test
  void anExecutionWhoseRowsCantBeReadIsLeftAloneAndTheOthersGoOn() {
    var machine = directory.register("m", TASK, StateMachineType.STANDARD);
    start(machine, "damaged");
    start(machine, "sound");
    finish();
    var damaged = ((Effect.InvokeTask) effects.get(0)).task().executionId();
    var batch = storage.newBatch();
    batch.put(executionKey(damaged), new byte[] {99, 1, 2});
    storage.commit(batch);
    effects.clear();
    step = newStep();

    step.recover();
    finish();

    assertThat(effects).hasSize(1);
  }

  @Test
  void retentionNeverTakesAnExecutionThatWasRedriven() {
    var machine =
        directory.register(
            "m",
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
             "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"}}}}""",
            StateMachineType.STANDARD);
    start(machine, "one");
    start(machine, "two");
    finish();
    List<Long> ids =
        effects.stream().map(effect -> ((Effect.InvokeTask) effect).task().executionId()).toList();
    for (var id : ids) {
      step.process(
          new Message.ForExecution(id, new Command.StopExecution(null, null), reply -> {}, null));
    }
    finish();
    clock.advance(Duration.ofDays(1));
    var before = clock.nowMillis();
    assertThat(new Expiry(storage, directory::revision).closedBefore(before, 0, 100).ids())
        .hasSize(2);

    List<Boolean> removed = new ArrayList<>();
    step.process(
        new Message.ForExecution(
            ids.get(0), new Command.RedriveExecution(null), reply -> {}, null));
    ids.forEach(id -> step.process(new Message.Expire(id, before, removed::add)));
    finish();

    assertThat(removed).containsExactly(false, true);
    assertThat(status(machine, "one")).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(store.describe(ids.get(1))).isEmpty();
  }

  @Test
  void whatComesForARemovedExecutionBeforeTheCommitFindsNothing() {
    var machine = directory.register("m", TASK, StateMachineType.STANDARD);
    start(machine, "one");
    finish();
    var id = ((Effect.InvokeTask) effects.getFirst()).task().executionId();
    step.process(
        new Message.ForExecution(id, new Command.StopExecution(null, null), reply -> {}, null));
    finish();
    clock.advance(Duration.ofDays(1));

    List<@Nullable Reply> replies = new ArrayList<>();
    step.process(new Message.Expire(id, clock.nowMillis(), removed -> {}));
    step.process(
        new Message.ForExecution(id, new Command.RedriveExecution(null), replies::add, null));
    start(machine, "one");
    finish();

    assertThat(replies).containsExactly(Reply.GONE);
    assertThat(store.describe(id)).isEmpty();
    assertThat(status(machine, "one")).isEqualTo(ExecutionStatus.RUNNING);
  }

  @Test
  void aMessageWhoseWriteFailsIsNotSentAgainForEver() {
    var machine = directory.register("m", TASK, StateMachineType.STANDARD);
    start(machine, "one");
    finish();
    var task = ((Effect.InvokeTask) effects.getFirst()).task();
    var asked = new UnderWay.Item.ParentNotice(42, 0);
    var underWay = new UnderWay(storage);
    var batch = storage.newBatch();
    underWay.ask(batch, asked);
    storage.commit(batch);
    storage.failAfter(1);

    step.process(
        new Message.ForExecution(
            task.executionId(),
            new Command.AnswerTask(
                task.scopeId(), task.stamp(), new Outcome.Success(Payload.EMPTY_OBJECT)),
            reply -> {},
            asked));
    finish();

    assertThat(status(machine, "one")).isEqualTo(ExecutionStatus.FAILED);
    assertThat(underWay.isAny(42)).isFalse();
  }

  /** Where the row of an execution is: nobody but this test, which damages it, needs to know. */
  private static byte[] executionKey(long id) {
    return ByteBuffer.allocate(9).put((byte) 'x').putLong(id).array();
  }
}
