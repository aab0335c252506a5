package io.stepwise.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Payload;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.Relief;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.scenario.FoldOracle;
import io.stepwise.scenario.TestDirectory;
import io.stepwise.scenario.VirtualClock;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.UnderWay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a step does while one of its decisions is made beside it. */
class LongDecisionsTest {
  /** A few hundred thousand steps, and then a number. */
  private static final String LONG =
      """
      {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","End":true,
       "Output":"{% $sum($map([1..100000], function($i) {$i % 7})) %}"}}}""";

  private static final String LONG_AFTER_TASK =
      """
      {"QueryLanguage":"JSONata","StartAt":"T","States":{
       "T":{"Type":"Task","Next":"P","TimeoutSeconds":60,
        "Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f"}},
       "P":{"Type":"Pass","End":true,
        "Output":"{% $sum($map([1..100000], function($i) {$i % 7})) %}"}}}""";
  private static final String SHORT =
      """
      {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final PlantedStorage storage = new PlantedStorage();
  private final TestDirectory directory = new TestDirectory();
  private final ExecutionReader store = new ExecutionReader(storage, directory::revision);
  private final List<Effect> effects = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final FoldOracle oracle = new FoldOracle(store);
  private final Other other = new Other();
  private final ShardStep step = newStep();

  LongDecisionsTest() {
    step.relieveBy(other);
  }

  /** Does in one thread what another would do between leaving the step and coming back. */
  private static final class Other implements Relief {
    private Runnable meanwhile = () -> {};
    private int left;

    @Override
    public boolean isAtHand() {
      return true;
    }

    @Override
    public void leave() {
      left++;
      var work = meanwhile;
      meanwhile = () -> {};
      work.run();
    }

    @Override
    public void comeBack() {}
  }

  private ShardStep newStep() {
    return OnlyWorker.step(storage, directory, clock, effects::add, oracle);
  }

  private StateMachineRevision machine(String name, String definition) {
    return directory.register(name, definition, StateMachineType.STANDARD);
  }

  private void start(StateMachineRevision machine, String name) {
    var arn = machine.stateMachineArn().execution(name);
    step.process(
        new Message.Start(
            StartRequest.ofClient(machine, arn, name, Payload.EMPTY_OBJECT, null, null, null),
            answer -> answers.add(name + " " + describe(answer))));
  }

  private static String describe(@Nullable Object answer) {
    return answer == null ? "failed" : answer.getClass().getSimpleName();
  }

  private void send(long id, Command command, UnderWay.Item.@Nullable Asked acknowledges) {
    step.process(
        new Message.ForExecution(
            id,
            command,
            reply -> answers.add(command.getClass().getSimpleName() + " " + describe(reply)),
            acknowledges));
  }

  private void answer(TaskRef task, UnderWay.Item.@Nullable Asked acknowledges) {
    send(
        task.executionId(),
        new Command.AnswerTask(
            task.scopeId(), task.stamp(), new Outcome.Success(Payload.EMPTY_OBJECT)),
        acknowledges);
  }

  private void finish() {
    step.commit();
    step.release();
  }

  private ExecutionStatus status(StateMachineRevision machine, String name) {
    var arn = machine.stateMachineArn().execution(name);
    return store.describe(store.find(arn.text()).orElseThrow()).orElseThrow().status();
  }

  @Test
  void othersAreServedWhileOneIsDecided() {
    var hostile = machine("long", LONG);
    var simple = machine("short", SHORT);
    other.meanwhile =
        () -> {
          finish();
          start(simple, "b");
          finish();
        };

    start(hostile, "a");
    finish();

    assertThat(answers).containsExactly("b Started", "a Started");
    assertThat(other.left).isEqualTo(1);
    assertThat(status(hostile, "a")).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(status(simple, "b")).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void whatConcernsAnExecutionThatIsBeingDecidedWaitsForIt() {
    var hostile = machine("long", LONG_AFTER_TASK);
    start(hostile, "a");
    finish();
    var task = ((Effect.InvokeTask) effects.getFirst()).task();
    answers.clear();
    other.meanwhile =
        () -> {
          finish();
          send(task.executionId(), new Command.StopExecution(null, null), null);
          start(hostile, "a");
          clock.advance(Duration.ofSeconds(61));
          assertThat(step.fireTimers()).isFalse();
          step.takeUpHeldBack();
          finish();
          assertThat(answers).isEmpty();
        };

    answer(task, null);
    finish();
    step.takeUpHeldBack();
    finish();

    assertThat(answers)
        .containsExactly("AnswerTask Done", "StopExecution Closed", "a AlreadyExists");
    assertThat(status(hostile, "a")).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aMessageIsNotAcknowledgedBeforeItsDecisionIsMade() {
    var hostile = machine("long", LONG_AFTER_TASK);
    start(hostile, "a");
    finish();
    var task = ((Effect.InvokeTask) effects.getFirst()).task();
    var asked = new UnderWay.Item.ParentNotice(42, 0);
    var underWay = new UnderWay(storage);
    var batch = storage.newBatch();
    underWay.ask(batch, asked);
    storage.commit(batch);
    List<Boolean> stillAsked = new ArrayList<>();
    other.meanwhile =
        () -> {
          finish();
          stillAsked.add(underWay.isAny(42));
        };

    answer(task, asked);
    finish();

    assertThat(stillAsked).containsExactly(true);
    assertThat(underWay.isAny(42)).isFalse();
  }

  @Test
  void whatWasChangedBeforeInTheSameBatchIsNotLost() {
    var hostile = machine("long", LONG_AFTER_TASK);
    start(hostile, "a"); // not committed yet
    var simple = machine("short", SHORT);
    var id = new long[1];
    step.release(); // hands the effect out ahead of its commit, which only a test may do
    var task = ((Effect.InvokeTask) effects.getFirst()).task();
    id[0] = task.executionId();
    other.meanwhile = () -> start(simple, "b");

    answer(task, null);
    send(id[0], new Command.StopExecution(null, null), null);
    finish();

    assertThat(status(hostile, "a")).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(status(simple, "b")).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aLongDecisionWhoseWriteFailsFailsItsExecutionOnly() {
    var hostile = machine("long", LONG_AFTER_TASK);
    var simple = machine("short", SHORT);
    start(hostile, "a");
    finish();
    var task = ((Effect.InvokeTask) effects.getFirst()).task();
    other.meanwhile =
        () -> {
          start(simple, "b");
          storage.failAfter(1);
        };

    answer(task, null);
    finish();

    assertThat(storage.hasFailed()).isTrue();
    assertThat(status(hostile, "a")).isEqualTo(ExecutionStatus.FAILED);
    assertThat(status(simple, "b")).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void anExpressExecutionIsDecidedBesideTheStepAsWell() {
    var hostile = directory.register("long", LONG, StateMachineType.EXPRESS);
    var simple = machine("short", SHORT);
    other.meanwhile = () -> start(simple, "b");
    List<@Nullable SyncResult> results = new ArrayList<>();

    step.process(
        new Message.StartSync(
            StartRequest.ofClient(
                hostile,
                hostile.stateMachineArn().execution("a"),
                "a",
                Payload.EMPTY_OBJECT,
                null,
                null,
                null),
            results::add));
    finish();

    assertThat(answers).containsExactly("b Started");
    assertThat(results).hasSize(1);
    assertThat(results.getFirst())
        .extracting(SyncResult::status)
        .isEqualTo(ExecutionStatus.SUCCEEDED);
  }
}
