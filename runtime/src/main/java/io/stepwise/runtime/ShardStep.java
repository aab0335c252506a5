package io.stepwise.runtime;

import io.stepwise.engine.Decider;
import io.stepwise.engine.Decision;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Moment;
import io.stepwise.storage.ExecutionIds;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import io.stepwise.storage.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shard step: takes messages in, decides, makes durable, then lets out.
 *
 * <pre>
 * process(message)* ─▶ commit() ─▶ release()
 *    load Execution       one         replies to callers
 *    Decider.decide       batch       effects to the sink
 *    rows into a batch    synced      timers into the wheel
 * </pre>
 *
 * Nothing is visible outside, and no effect is performed, before the commit. Confined to one thread
 * at a time; its host provides it.
 */
public final class ShardStep {
  private static final Logger LOG = LoggerFactory.getLogger(ShardStep.class);
  private static final int OPEN_EXECUTIONS_MAX = 10_000;

  private final Storage storage;
  private final ExecutionStore store;
  private final StateMachineDirectory directory;
  private final Decider decider;
  private final Clock clock;
  private final EffectSink effectSink;
  private final DecisionListener listener;
  private final int shards;
  private final int workers;
  private final int worker;
  private final SplittableRandom seeds;
  private final Storage.Batch batch;
  private final ExecutionCache cache =
      new ExecutionCache(OPEN_EXECUTIONS_MAX, Runtime.getRuntime().maxMemory() / 8);
  private final Map<Long, ExpressRun> express = new HashMap<>();
  private final TimerWheel timers;
  private final ExecutionIds[] ids;
  private int processed;
  private final List<Runnable> replies = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<TimerWheel.Due> armed = new ArrayList<>();

  /** An Express execution under way, and who waits for its end. */
  private record ExpressRun(Execution execution, @Nullable Consumer<@Nullable SyncResult> answer) {}

  /**
   * The step of one worker out of several.
   *
   * @param shards logical shards of the store
   * @param seed what the random numbers of decisions follow from
   */
  public ShardStep(
      Storage storage,
      StateMachineDirectory directory,
      Decider decider,
      Clock clock,
      EffectSink effectSink,
      int shards,
      int workers,
      int worker,
      long seed) {
    this(
        storage,
        directory,
        decider,
        clock,
        effectSink,
        shards,
        workers,
        worker,
        seed,
        DecisionListener.NONE);
  }

  /** As above, with a listener to every decision. */
  public ShardStep(
      Storage storage,
      StateMachineDirectory directory,
      Decider decider,
      Clock clock,
      EffectSink effectSink,
      int shards,
      int workers,
      int worker,
      long seed,
      DecisionListener listener) {
    this.storage = storage;
    this.store = new ExecutionStore(storage, directory::revision);
    this.directory = directory;
    this.decider = decider;
    this.clock = clock;
    this.effectSink = effectSink;
    this.listener = listener;
    this.shards = shards;
    this.workers = workers;
    this.worker = worker;
    this.seeds = new SplittableRandom(seed);
    this.batch = storage.newBatch();
    this.timers = new TimerWheel(storage, this::isMine);
    this.ids = new ExecutionIds[shards];
    var last = lastId();
    for (var shard = 0; shard < shards; shard++) {
      ids[shard] = new ExecutionIds(shard, last);
    }
  }

  /** The worker that an execution belongs to. */
  public static int workerOf(long executionId, int workers) {
    return ExecutionIds.shardOf(executionId) % workers;
  }

  /** The worker that an execution of that ARN belongs to. */
  public static int workerOf(String executionArn, int shards, int workers) {
    return Keys.shardOf(Keys.hash(executionArn), shards) % workers;
  }

  /** Takes one message in. */
  public void process(Message message) {
    processed++;
    try {
      switch (message) {
        case Message.Start start -> start(start);
        case Message.StartSync start -> runExpress(start.request(), start.answer());
        case Message.ForExecution forExecution -> forward(forExecution);
        case Message.StopChild stop -> stopChild(stop);
        case Message.RedriveChild redrive -> redriveChild(redrive);
      }
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Expected to process a message, but failed: {}", describe(message), e);
      replies.add(() -> answerFault(message));
    }
  }

  /** Fires what is due now. */
  public void fireTimers() {
    var now = clock.nowMillis();
    timers.refill(now);
    for (var due = timers.poll(now); due != null; due = timers.poll(now)) {
      if (isLive(due)) {
        listener.timerFired(due.timer(), now);
        process(
            new Message.ForExecution(
                due.executionId(), new Command.FireTimer(due.timer()), reply -> {}, null));
      }
    }
  }

  private boolean isLive(TimerWheel.Due due) {
    var run = express.get(due.executionId());
    return run != null
        ? run.execution().holds(due.timer())
        : storage.get(Keys.timer(due.executionId(), due.timer())) != null;
  }

  /** Whether something waits for {@link #commit} or {@link #release}. */
  public boolean hasWork() {
    return batch.size() > 0 || !replies.isEmpty() || !effects.isEmpty();
  }

  /** Makes everything durable that was processed since the last commit. */
  public void commit() {
    if (batch.size() > 0) {
      var begun = System.nanoTime();
      storage.commit(batch);
      listener.committed(processed, System.nanoTime() - begun);
    }
    processed = 0;
    cache.committed();
  }

  /** Lets replies and effects out; only after {@link #commit}. */
  public void release() {
    for (var due : armed) {
      timers.arm(due.executionId(), due.timer());
    }
    armed.clear();
    for (var reply : replies) {
      reply.run();
    }
    replies.clear();
    // An effect may lead back here at once, on a host that runs everything in one thread.
    var leaving = List.copyOf(effects);
    effects.clear();
    leaving.forEach(effectSink::perform);
  }

  /** When {@link #fireTimers} should be called next. Units: milliseconds since 1970. */
  public long nextTimerMillis() {
    return timers.nextMillis();
  }

  /** The timer that is due first in this worker's shards, or null; only between two commits. */
  public @Nullable Timer nextTimer() {
    return timers.first(this::isLive);
  }

  /** When the next timer known in memory is due, or {@link Long#MAX_VALUE}. */
  public long nextDueMillis() {
    return timers.nextDueMillis();
  }

  /** Sends out again, after a restart, whatever was under way. */
  public void recover() {
    var due = new ArrayList<byte[]>();
    storage.scan(
        new byte[] {'o'},
        new byte[] {'o' + 1},
        (key, value) -> {
          if (isMine(Keys.executionOf(key))) {
            due.add(key);
          }
          return true;
        });
    for (var key : due) {
      recover(Keys.executionOf(key), Keys.pending(key));
    }
    storage.scan(
        new byte[] {'u'},
        new byte[] {'u' + 1},
        (key, value) -> {
          if (isMine(Keys.executionOf(key))) {
            effects.add(StopRow.decode(value));
          }
          return true;
        });
  }

  private void recover(long id, Pending pending) {
    var execution = find(id);
    if (execution == null) {
      return;
    }
    if (ExecutionStore.isNotifyParent(pending)) {
      var parent = execution.parent();
      // Nothing to tell where it was redriven since: then it tells how that ended.
      if (parent != null && execution.status().isClosed() && parent.round() == pending.stamp()) {
        effects.add(
            new Effect.NotifyParent(
                parent,
                execution.header(),
                execution.status(),
                execution.output(),
                execution.error(),
                execution.cause(),
                execution.stopMillis()));
      }
    } else {
      decider.repeat(execution, pending).ifPresent(effects::add);
    }
  }

  private void start(Message.Start start) {
    var request = start.request();
    if (request.executionArn().contains(":express:")) {
      runExpress(request, null);
      var startMillis = clock.nowMillis();
      replies.add(
          () ->
              start.answer().accept(new StartResult.Started(request.executionArn(), startMillis)));
      return;
    }
    var existing = existing(request.executionArn());
    if (existing != null) {
      var result = repeat(request, existing);
      replies.add(() -> start.answer().accept(result));
      return;
    }
    var execution = newExecution(request);
    var decision = decide(execution, new Command.StartExecution(execution.header()));
    write(execution, decision, null);
    var result = new StartResult.Started(request.executionArn(), execution.header().startMillis());
    replies.add(() -> start.answer().accept(result));
  }

  private @Nullable Execution existing(String arn) {
    var uncommitted = cache.findUncommitted(arn);
    if (uncommitted != null) {
      return uncommitted;
    }
    var id = store.find(arn);
    if (id.isEmpty()) {
      return null;
    }
    var known = cache.find(id.getAsLong());
    return known != null ? known : store.describe(id.getAsLong()).orElse(null);
  }

  /** What a request with a name that is taken gets: the same answer if it asks for the same. */
  private static StartResult repeat(StartRequest request, Execution existing) {
    var header = existing.header();
    var same =
        request.parent() != null
            ? request.parent().equals(header.parent())
            : !existing.status().isClosed() && header.input().text().equals(request.input().text());
    return same
        ? new StartResult.Started(header.arn(), header.startMillis())
        : new StartResult.AlreadyExists(header.arn());
  }

  private Execution newExecution(StartRequest request) {
    var now = clock.nowMillis();
    var shard = Keys.shardOf(Keys.hash(request.executionArn()), shards);
    return new Execution(
        new ExecutionHeader(
            ids[shard].next(now),
            request.executionArn(),
            request.name(),
            request.machine(),
            request.graphIndex(),
            request.label(),
            request.input(),
            now,
            request.versionArn(),
            request.aliasArn(),
            request.traceHeader(),
            request.parent(),
            request.testCase()));
  }

  private void runExpress(StartRequest request, @Nullable Consumer<@Nullable SyncResult> answer) {
    var execution = newExecution(request);
    express.put(execution.header().id(), new ExpressRun(execution, answer));
    var decision = decide(execution, new Command.StartExecution(execution.header()));
    afterExpress(execution, decision, null);
  }

  private void afterExpress(
      Execution execution, Decision decision, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    listener.decidedInMemory(execution, decision.events(), before);
    for (var timer : execution.drainChanges().timersSet()) {
      timers.armInMemory(id, timer);
    }
    effects.addAll(decision.effects());
    if (!execution.status().isClosed()) {
      return;
    }
    var run = express.remove(id);
    if (run != null && run.answer() != null) {
      var result =
          new SyncResult(
              execution.header().arn(),
              execution.status(),
              execution.header().startMillis(),
              execution.stopMillis(),
              execution.output(),
              execution.error(),
              execution.cause());
      var answer = run.answer();
      replies.add(() -> answer.accept(result));
    }
  }

  private void forward(Message.ForExecution message) {
    if (message.acknowledges() != null) {
      batch.delete(message.acknowledges());
    }
    var id = message.executionId();
    var run = express.get(id);
    if (run != null) {
      var before = run.execution().status();
      var decision = decide(run.execution(), message.command());
      afterExpress(run.execution(), decision, before);
      replies.add(() -> message.answer().accept(decision.reply()));
      return;
    }
    var execution = find(id);
    if (execution == null) {
      replies.add(() -> message.answer().accept(Reply.GONE));
      return;
    }
    var before = execution.status();
    Decision decision;
    try {
      decision = decide(execution, message.command());
    } catch (RuntimeException | StackOverflowError e) {
      quarantine(id, e);
      replies.add(() -> message.answer().accept(null));
      return;
    }
    if (!decision.events().isEmpty()) {
      write(execution, decision, before);
      stopIfDeleted(execution);
    }
    var reply = decision.reply();
    replies.add(() -> message.answer().accept(reply));
  }

  /** Executions of a deleted state machine end at their next transition. */
  private void stopIfDeleted(Execution execution) {
    var before = execution.status();
    if (!before.isClosed() && directory.isDeleted(execution.header().machine().stateMachineArn())) {
      write(execution, decide(execution, new Command.StopExecution(null, null)), before);
    }
  }

  private void stopChild(Message.StopChild stop) {
    batch.delete(stop.acknowledges());
    var child = existing(stop.executionArn());
    if (child != null && isChildOf(stop.link(), child.parent())) {
      forward(
          new Message.ForExecution(
              child.header().id(), new Command.StopExecution(null, null), reply -> {}, null));
    }
  }

  private void redriveChild(Message.RedriveChild redrive) {
    var request = redrive.request();
    var link = request.parent();
    var child = existing(request.executionArn());
    if (child == null) {
      start(new Message.Start(request, result -> {}));
    } else if (link != null) {
      var before = child.parent();
      if (before != null && before.round() < link.round()) {
        var stale = ExecutionStore.notifyParent(before.round());
        batch.delete(Keys.pending(child.header().id(), stale));
      }
      forward(
          new Message.ForExecution(
              child.header().id(), new Command.RedriveChild(link.round()), reply -> {}, null));
    }
  }

  /**
   * Whether both links name the same attempt and item, in the same round; how the answer is shaped
   * is no matter.
   */
  private static boolean isChildOf(@Nullable ParentLink stopped, @Nullable ParentLink own) {
    return stopped != null
        && own != null
        && stopped.task().equals(own.task())
        && stopped.index() == own.index()
        && stopped.round() == own.round();
  }

  /**
   * Takes an execution out of service whose decision broke an invariant: it fails with a visible
   * reason, and the shard goes on. What was decided before is committed first, because the copy in
   * memory can't be trusted any more.
   */
  private void quarantine(long id, Throwable fault) {
    LOG.error("SW-ENGINE-FAULT: execution {} is taken out of service", id, fault);
    commit();
    release();
    cache.forget(id);
    var execution = find(id);
    if (execution != null && !execution.status().isClosed()) {
      var before = execution.status();
      var decision =
          decide(
              execution,
              new Command.FailExecution(
                  "States.Runtime",
                  "SW-ENGINE-FAULT: a fault of the server stopped this execution; the server's log"
                      + " has the details."));
      write(execution, decision, before);
    }
  }

  private Decision decide(Execution execution, Command command) {
    var moment = new Moment(Instant.ofEpochMilli(clock.nowMillis()), seeds.nextLong());
    return decider.decide(execution, command, moment);
  }

  private void write(Execution execution, Decision decision, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    listener.decided(execution, decision.events(), before);
    for (var timer : store.write(batch, execution, decision.events(), before)) {
      armed.add(new TimerWheel.Due(id, timer));
    }
    for (var effect : decision.effects()) {
      if (effect instanceof Effect.NotifyParent notify) {
        batch.put(
            Keys.pending(id, ExecutionStore.notifyParent(notify.link().round())), new byte[0]);
      }
      remember(id, effect);
    }
    cache.changed(execution, before == null);
  }

  /** Notes an effect for the release. Stops of children have a row until they are done. */
  private void remember(long id, Effect effect) {
    switch (effect) {
      case Effect.StopNestedExecution _, Effect.StopMapRunChild _ ->
          ChildExecutions.toBeStopped(effect, directory)
              .ifPresent(
                  child -> {
                    batch.put(
                        StopRow.key(child.link(), child.executionArn()), StopRow.encode(child));
                    effects.add(child);
                  });
      default -> effects.add(effect);
    }
  }

  private @Nullable Execution find(long id) {
    var known = cache.find(id);
    if (known != null) {
      return known;
    }
    var loaded = store.load(id).orElse(null);
    if (loaded != null) {
      cache.loaded(loaded);
    }
    return loaded;
  }

  private boolean isMine(long executionId) {
    return workerOf(executionId, workers) == worker;
  }

  private long lastId() {
    var last = new long[1];
    storage.scanBackwards(
        new byte[] {'x'},
        new byte[] {'x' + 1},
        (key, value) -> {
          last[0] = Keys.executionOf(key);
          return false;
        });
    return last[0];
  }

  private static void answerFault(Message message) {
    switch (message) {
      case Message.Start start -> start.answer().accept(null);
      case Message.StartSync start -> start.answer().accept(null);
      case Message.ForExecution forExecution -> forExecution.answer().accept(null);
      case Message.StopChild stop -> {}
      case Message.RedriveChild redrive -> {}
    }
  }

  private static String describe(Message message) {
    return switch (message) {
      case Message.Start start -> "start " + start.request().executionArn();
      case Message.StartSync start -> "run " + start.request().executionArn();
      case Message.ForExecution forExecution ->
          forExecution.command().getClass().getSimpleName() + " " + forExecution.executionId();
      case Message.StopChild stop -> "stop " + stop.executionArn();
      case Message.RedriveChild redrive -> "redrive " + redrive.request().executionArn();
    };
  }
}
