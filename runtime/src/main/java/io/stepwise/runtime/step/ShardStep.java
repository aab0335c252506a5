package io.stepwise.runtime.step;

import io.stepwise.aws.ExecutionArn;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Decision;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Changes;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Moment;
import io.stepwise.jsonata.Pace;
import io.stepwise.runtime.dispatch.ChildExecutions;
import io.stepwise.runtime.feed.FeedCommit;
import io.stepwise.runtime.feed.FeedEntry;
import io.stepwise.runtime.feed.FeedSink;
import io.stepwise.runtime.feed.FeedWriter;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.DecisionProbe;
import io.stepwise.runtime.port.EffectSink;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.Relief;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.runtime.time.Clock;
import io.stepwise.storage.ExecutionIds;
import io.stepwise.storage.Storage;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.execution.DueTimers;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.ExecutionWriter;
import io.stepwise.storage.execution.Expiry;
import io.stepwise.storage.execution.UnderWay;
import io.stepwise.storage.feed.FeedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
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

  /** Timers handed to the decider between two commits at most. */
  private static final int TIMERS_MAX = 256;

  /** What is sent out again between two commits at most: each is read from the store first. */
  private static final int RECOVERED_MAX = 64;

  /** Changes in one commit at most, as far as that can be helped. Units: bytes. */
  private static final long BATCH_BYTES_MAX = 1 << 20;

  /**
   * Work in the expressions of one decision after which the shard goes on without it. Units: steps
   * of an evaluation, some 30 nanoseconds each, or 500 in a process that has just started.
   */
  static final long LONG_STEPS = 20_000;

  /** How long such a decision lets go of its processor after as much work again. */
  private static final long PAUSE_NANOS = 50_000;

  private static final String ENGINE_FAULT = "SW-ENGINE-FAULT (docs/errors/SW-ENGINE-FAULT.md): ";
  private static final String FAULT_CAUSE =
      "SW-ENGINE-FAULT: a fault of the server stopped this execution; the server's log has the"
          + " details.";

  /** Executions of a worker in memory. Limits: a tenth of the quota of open Standard ones. */
  private static final int EXPRESS_RUNS_MAX = 100_000;

  private final Storage storage;
  private final ExecutionReader executions;
  private final ExecutionWriter writer = new ExecutionWriter();
  private final UnderWay underWay;
  private final DueTimers storedTimers;
  private final Expiry expiry;
  private final StateMachineDirectory directory;
  private final Decider decider;
  private final Clock clock;
  private final EffectSink effectSink;
  private final DecisionListener listener;
  private final boolean hearsDecisions;
  private final DecisionProbe probe;
  private final FeedTable feedTable;
  private final FeedWriter feed;
  private final FeedSink feedSink;
  private final Share share;
  private final SplittableRandom seeds;
  private final Storage.Batch batch;
  private final ExecutionCache cache;
  private final ExpressRuns express =
      new ExpressRuns(EXPRESS_RUNS_MAX, Runtime.getRuntime().maxMemory() / 4);
  private final Set<Long> outOfService = new HashSet<>();
  private final TimerWheel timers;
  private final ExecutionIds[] ids;
  private int processed;
  private final List<Runnable> replies = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<TimerWheel.Due> armed = new ArrayList<>();
  private final List<TaskRef> over = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private final List<FeedEntry> fed = new ArrayList<>();
  private final List<DecisionProbe.Written> written = new ArrayList<>();
  private final LongDecisions away = new LongDecisions();
  private Relief relief = Relief.NONE;
  private @Nullable Recovery recovery;

  /** How far everything had come before the message at work. */
  private Mark mark = new Mark(0, 0, 0, 0, 0, 0, 0);

  /** What the message at work concerns, as far as that is known; 0 where it is not. */
  private long concerned;

  /** A decision that listeners hear of once its batch is through. */
  private record Heard(
      DecisionListener.Decided decided, List<Event> events, @Nullable ExecutionStatus before) {}

  /** How far the lists of what leaves later had come before a message. */
  private record Mark(
      int replies, int effects, int armed, int over, int heard, int fed, int written) {}

  /**
   * The step of one worker.
   *
   * @param seed what the random numbers of decisions follow from
   */
  public ShardStep(
      Storage storage,
      StateMachineDirectory directory,
      Decider decider,
      Clock clock,
      EffectSink effectSink,
      Share share,
      long seed,
      Audience audience) {
    this.storage = storage;
    this.executions = new ExecutionReader(storage, directory::revision);
    this.cache =
        new ExecutionCache(
            OPEN_EXECUTIONS_MAX, Runtime.getRuntime().maxMemory() / 8, executions::mapRunOf);
    this.underWay = new UnderWay(storage);
    this.storedTimers = new DueTimers(storage);
    this.expiry = new Expiry(storage, directory::revision);
    this.directory = directory;
    this.decider = decider;
    this.clock = clock;
    this.effectSink = effectSink;
    this.listener = new ContainedListener(audience.listener());
    this.hearsDecisions = audience.listener().hearsDecisions();
    this.probe = audience.probe();
    this.feedTable = new FeedTable(storage);
    this.feedSink = audience.feed();
    this.feed = new FeedWriter(feedTable, feedSink, share.worker(), share.workers());
    this.share = share;
    this.seeds = new SplittableRandom(seed);
    this.batch = storage.newBatch();
    this.timers = new TimerWheel(storedTimers, this::isMine);
    this.ids = new ExecutionIds[share.shards()];
    var last = new ExecutionIndex(storage, executions).lastId();
    for (var shard = 0; shard < share.shards(); shard++) {
      ids[shard] = new ExecutionIds(shard, last);
    }
  }

  /** Has long decisions made beside the step. To be called before the first message. */
  public void relieveBy(Relief other) {
    this.relief = other;
  }

  /** The worker that a message is for. */
  public static int workerOf(Message message, int shards, int workers) {
    return switch (message) {
      case Message.Start start -> workerOf(start.request().executionArn(), shards, workers);
      case Message.StartSync start -> workerOf(start.request().executionArn(), shards, workers);
      case Message.ForExecution command -> workerOf(command.executionId(), workers);
      case Message.StopChild stop -> workerOf(stop.executionArn(), shards, workers);
      case Message.JobStopped stopped -> workerOf(stopped.asked().executionId(), workers);
      case Message.RedriveChild redrive ->
          workerOf(redrive.request().executionArn(), shards, workers);
      case Message.RepeatTask repeat -> workerOf(repeat.task().executionId(), workers);
      case Message.Expire expire -> workerOf(expire.executionId(), workers);
      case Message.FeedRead read -> read.read().lane() % workers;
    };
  }

  private static int workerOf(long executionId, int workers) {
    return ExecutionIds.shardOf(executionId) % workers;
  }

  private static int workerOf(ExecutionArn executionArn, int shards, int workers) {
    return ExecutionIds.shardOf(executionArn, shards) % workers;
  }

  /**
   * Takes one message in. What it changes is in the batch as a whole or not at all: where deciding
   * or writing fails, that execution fails with a visible reason, and nothing else is touched.
   *
   * <p>What concerns an execution that is being decided beside the step waits for that.
   */
  public void process(Message message) {
    if (!away.isEmpty() && isHeldBack(message)) {
      return;
    }
    processed++;
    concerned = 0;
    mark = mark();
    try {
      take(message);
    } catch (StorageFault e) {
      rollBack(mark);
      leaveAlone(e, describe(message));
      replies.add(() -> answerFault(message));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      rollBack(mark);
      LOG.error(ENGINE_FAULT + "expected to {}, but failed", describe(message), e);
      if (concerned != 0) {
        var id = concerned;
        takeOutOfService(id);
        if (!outOfService.contains(id)) {
          acknowledge(message);
        }
      }
      replies.add(() -> answerFault(message));
    }
  }

  private boolean isHeldBack(Message message) {
    Runnable later = () -> process(message);
    return switch (message) {
      case Message.Start start -> away.holdsBack(start.request().executionArn().text(), later);
      case Message.StartSync _, Message.FeedRead _, Message.JobStopped _ -> false;
      case Message.ForExecution command -> away.holdsBack(command.executionId(), later);
      case Message.StopChild stop -> away.holdsBack(stop.asked().childArn(), later);
      case Message.RedriveChild redrive ->
          away.holdsBack(redrive.request().executionArn().text(), later);
      case Message.RepeatTask repeat -> away.holdsBack(repeat.task().executionId(), later);
      case Message.Expire expire -> away.holdsBack(expire.executionId(), later);
    };
  }

  /** Takes up what waited for a long decision that is made now. */
  public void takeUpHeldBack() {
    for (var next = away.nextFree(); next != null; next = away.nextFree()) {
      next.run();
    }
  }

  /** Whoever sent a message need not send it again: its execution has failed by it. */
  private void acknowledge(Message message) {
    if (message instanceof Message.ForExecution known && known.acknowledges() != null) {
      underWay.acknowledge(batch, known.acknowledges());
    }
  }

  private void take(Message message) {
    switch (message) {
      case Message.Start start -> start(start);
      case Message.StartSync start -> startExpress(start.request(), start.answer());
      case Message.ForExecution forExecution -> forward(forExecution);
      case Message.StopChild stop -> stopChild(stop);
      case Message.JobStopped stopped -> underWay.acknowledge(batch, stopped.asked());
      case Message.RedriveChild redrive -> redriveChild(redrive);
      case Message.RepeatTask repeat -> repeat(repeat);
      case Message.Expire expire -> expire(expire);
      case Message.FeedRead(var read) -> {
        feedTable.moveCursor(batch, read.lane(), read.consumer(), read.sequence());
        replies.add(() -> feedSink.noted(read));
      }
    }
  }

  private Mark mark() {
    batch.mark();
    return new Mark(
        replies.size(),
        effects.size(),
        armed.size(),
        over.size(),
        heard.size(),
        fed.size(),
        written.size());
  }

  private void rollBack(Mark mark) {
    batch.rollBack();
    truncate(replies, mark.replies());
    truncate(effects, mark.effects());
    truncate(armed, mark.armed());
    truncate(over, mark.over());
    truncate(heard, mark.heard());
    truncate(fed, mark.fed());
    truncate(written, mark.written());
  }

  private static void truncate(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  /**
   * Fires what is due now, some of it at a time, so that requests are served in between; returns
   * whether more is due already.
   */
  public boolean fireTimers() {
    var now = clock.nowMillis();
    timers.refill(now);
    for (var fired = 0; fired < TIMERS_MAX && batch.bytes() < BATCH_BYTES_MAX; fired++) {
      var due = timers.poll(now);
      if (due == null) {
        return timers.nextMillis() <= now;
      }
      fire(due);
    }
    return true;
  }

  private void fire(TimerWheel.Due due) {
    if (!away.holdsBack(due.executionId(), () -> fire(due)) && isLive(due)) {
      listener.timerFired(due.timer(), clock.nowMillis());
      process(
          new Message.ForExecution(
              due.executionId(), new Command.FireTimer(due.timer()), reply -> {}, null));
    }
  }

  /** Whether the batch is as large as a batch should be. */
  public boolean isFull() {
    return batch.bytes() >= BATCH_BYTES_MAX;
  }

  private boolean isLive(TimerWheel.Due due) {
    var run = express.find(due.executionId());
    return run != null
        ? run.execution().holds(due.timer())
        : storedTimers.isStored(due.executionId(), due.timer());
  }

  /** Whether something waits for {@link #commit} or {@link #release}. */
  public boolean hasWork() {
    return batch.size() > 0
        || !replies.isEmpty()
        || !effects.isEmpty()
        || !over.isEmpty()
        || !heard.isEmpty()
        || !fed.isEmpty();
  }

  /** Makes everything durable that was processed since the last commit. */
  public void commit() {
    var commit = fed.isEmpty() ? null : feedCommit();
    fed.clear();
    if (batch.size() > 0) {
      var begun = System.nanoTime();
      storage.commit(batch);
      listener.committed(processed, System.nanoTime() - begun);
    }
    processed = 0;
    cache.committed();
    if (!written.isEmpty()) {
      probe.committed(List.copyOf(written));
      written.clear();
    }
    for (var one : heard) {
      listener.decided(one.decided(), one.events(), one.before());
    }
    heard.clear();
    if (commit != null) {
      feedSink.committed(commit);
    }
  }

  /** What the feed can't take is no commit: nothing of the batch may be acknowledged. */
  private FeedCommit feedCommit() {
    try {
      return feed.write(batch, fed);
    } catch (StorageFault e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StorageFault(
          "SW-STORAGE-IO", "Expected to collect what a commit tells the feed, but failed", e);
    }
  }

  /** Lets replies and effects out; only after {@link #commit}. */
  public void release() {
    for (var due : armed) {
      timers.arm(due.executionId(), due.timer());
    }
    armed.clear();
    for (var reply : replies) {
      contain("answer a request", reply);
    }
    replies.clear();
    for (var task : over) {
      contain("end the call of a task", () -> effectSink.over(task));
    }
    over.clear();
    // An effect may lead back here at once, on a host that runs everything in one thread.
    var leaving = List.copyOf(effects);
    effects.clear();
    for (var effect : leaving) {
      contain("perform an effect", () -> effectSink.perform(effect));
    }
  }

  /** Does what concerns one execution, or one caller, without hurting the others. */
  private static void contain(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error(ENGINE_FAULT + "expected to {}, but failed", what, e);
    }
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

  /** Sends out again, after a restart, all that was under way. */
  public void recover() {
    beginRecovery();
    while (recoverSome()) {
      commit();
      release();
    }
  }

  /** Takes note of what was under way; {@link #recoverSome} sends it out again. */
  public void beginRecovery() {
    recovery = new Recovery(underWay, this::isMine);
  }

  /**
   * Sends some of it out again; returns whether there is more. To be called between two commits:
   * nothing may wait for one.
   */
  public boolean recoverSome() {
    var going = recovery;
    if (going == null) {
      return false;
    }
    var more = going.visit(RECOVERED_MAX, this::recover);
    if (!more) {
      going.close();
      recovery = null;
    }
    return more;
  }

  /** Gives up what a recovery holds open, before the store is closed. */
  public void endRecovery() {
    if (recovery != null) {
      recovery.close();
      recovery = null;
    }
  }

  /** What can't be recovered concerns its execution only. */
  private void recover(UnderWay.Item item) {
    var id = item.executionId();
    if (away.holdsBack(id, () -> recover(item))) {
      return;
    }
    concerned = id;
    mark = mark();
    try {
      sendAgain(item);
    } catch (StorageFault e) {
      rollBack(mark);
      leaveAlone(e, "recover execution " + id);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      rollBack(mark);
      LOG.error(ENGINE_FAULT + "expected to recover execution {}, but failed", id, e);
      takeOutOfService(id);
    }
  }

  private void sendAgain(UnderWay.Item item) {
    if (item instanceof UnderWay.Item.Stop(var parent, var round, var childArn)) {
      effects.add(new Effect.StopChild(childArn, parent, round));
      return;
    }
    if (item instanceof UnderWay.Item.StopOfJob(var job)) {
      effects.add(new Effect.StopJob(job));
      return;
    }
    var execution = find(item.executionId());
    if (execution == null) {
      return;
    }
    switch (item) {
      case UnderWay.Item.Task(_, var pending) ->
          decider.repeat(execution, pending).ifPresent(effects::add);
      case UnderWay.Item.ParentNotice(_, var round) -> noticeAgain(execution, round);
      case UnderWay.Item.Stop _, UnderWay.Item.StopOfJob _ ->
          throw new IllegalStateException("Expected no stop here");
    }
  }

  private void noticeAgain(Execution execution, int round) {
    var parent = execution.parent();
    // Nothing to tell where it was redriven since: then it tells how that ended.
    if (parent != null && execution.status().isClosed() && parent.round() == round) {
      effects.add(
          new Effect.NotifyParent(
              parent,
              execution.header(),
              execution.status(),
              execution.output(),
              execution.error(),
              execution.cause(),
              execution.stopMillis(),
              execution.redriveCount(),
              decider.redriveRefusal(execution, clock.nowMillis())));
    }
  }

  private void start(Message.Start start) {
    var request = start.request();
    if (request.executionArn().isExpress()) {
      startExpress(start);
      return;
    }
    var existing = existing(request.executionArn());
    if (existing != null) {
      var result = repeat(request, existing);
      replies.add(() -> start.answer().accept(result));
      return;
    }
    var execution = newExecution(request, false);
    concerned = execution.header().id();
    var decision = decide(execution, new Command.StartExecution(execution.header()));
    write(execution, decision, null);
    var result =
        new StartResult.Started(request.executionArn().text(), execution.header().startMillis());
    replies.add(() -> start.answer().accept(result));
  }

  private @Nullable Execution existing(ExecutionArn arn) {
    var uncommitted = cache.findUncommitted(arn.text());
    if (uncommitted != null) {
      return uncommitted;
    }
    var id = executions.find(arn);
    if (id.isEmpty() || cache.isRemoved(id.getAsLong())) {
      return null;
    }
    var known = cache.find(id.getAsLong());
    return known != null ? known : executions.describe(id.getAsLong()).orElse(null);
  }

  /** What a request with a name that is taken gets: the same answer if it asks for the same. */
  private static StartResult repeat(StartRequest request, Execution existing) {
    var header = existing.header();
    var same =
        request.parent() != null
            ? request.parent().equals(header.parent())
            : !existing.status().isClosed() && header.input().text().equals(request.input().text());
    return same
        ? new StartResult.Started(header.arn().text(), header.startMillis())
        : new StartResult.AlreadyExists(header.arn().text());
  }

  private Execution newExecution(StartRequest request, boolean synchronous) {
    var now = clock.nowMillis();
    var shard = ExecutionIds.shardOf(request.executionArn(), share.shards());
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
            request.testCase(),
            synchronous));
  }

  private void startExpress(Message.Start start) {
    var request = start.request();
    var parent = request.parent();
    if (express.hasRoom()) {
      runExpress(request, null);
    } else if (parent instanceof ParentLink.MapRunChild) {
      express.await(request);
    } else {
      replies.add(() -> start.answer().accept(new StartResult.TooMany()));
      return;
    }
    var startMillis = clock.nowMillis();
    replies.add(
        () ->
            start
                .answer()
                .accept(new StartResult.Started(request.executionArn().text(), startMillis)));
  }

  private void startExpress(StartRequest request, Consumer<@Nullable SyncResult> answer) {
    if (express.hasRoom()) {
      runExpress(request, answer);
    } else {
      replies.add(() -> answer.accept(SyncResult.TOO_MANY));
    }
  }

  private void runExpress(StartRequest request, @Nullable Consumer<@Nullable SyncResult> answer) {
    var execution = newExecution(request, answer != null);
    concerned = execution.header().id();
    express.add(execution, answer);
    var decision = decide(execution, new Command.StartExecution(execution.header()));
    afterExpress(execution, decision, null);
  }

  private void afterExpress(
      Execution execution, Decision decision, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    heard(execution, decision.events(), before);
    fed.add(entry(false, execution, decision.events(), before));
    var changes = execution.drainChanges();
    for (var timer : changes.timersSet()) {
      timers.armInMemory(id, timer);
    }
    noteWhatIsOver(id, changes);
    effects.addAll(decision.effects());
    express.changed(execution);
    if (execution.status().isClosed()) {
      leave(express.remove(id), ExpressRuns.result(execution));
    }
  }

  /** One has ended: who waited for it is told, and who waited for its place begins. */
  private void leave(ExpressRuns.@Nullable Run run, SyncResult result) {
    if (run != null && run.answer() != null) {
      var answer = run.answer();
      replies.add(() -> answer.accept(result));
    }
    var next = express.nextWaiting();
    if (next != null) {
      runExpress(next, null);
    }
  }

  private void noteWhatIsOver(long id, Changes changes) {
    for (var pending : changes.pendingRemoved()) {
      if (pending.index() < 0) {
        over.add(new TaskRef(id, pending.scopeId(), pending.stamp()));
      }
    }
  }

  private void forward(Message.ForExecution message) {
    var id = message.executionId();
    concerned = id;
    var run = express.find(id);
    if (run != null) {
      var before = run.execution().status();
      var decision = decide(run.execution(), message.command());
      acknowledge(message);
      afterExpress(run.execution(), decision, before);
      replies.add(() -> message.answer().accept(decision.reply()));
      return;
    }
    if (outOfService.contains(id)) {
      acknowledge(message);
      replies.add(() -> message.answer().accept(null));
      return;
    }
    var execution = find(id);
    if (execution == null) {
      acknowledge(message);
      replies.add(() -> message.answer().accept(Reply.GONE));
      return;
    }
    var before = execution.status();
    var decision = decide(execution, message.command());
    acknowledge(message); // not before: a decision that takes long may let a commit through
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
    if (!before.isClosed()
        && directory.isDeleted(execution.header().machine().stateMachineArn().text())) {
      write(execution, decide(execution, new Command.StopExecution(null, null)), before);
    }
  }

  private void stopChild(Message.StopChild stop) {
    underWay.acknowledge(batch, stop.asked());
    var child = existing(stop.executionArn());
    if (child != null && isChildOf(stop.asked(), child.parent())) {
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
      var told =
          before != null && before.round() < link.round()
              ? new UnderWay.Item.ParentNotice(child.header().id(), before.round())
              : null;
      forward(
          new Message.ForExecution(
              child.header().id(), new Command.RedriveChild(link.round()), reply -> {}, told));
    }
  }

  /** Whether a stop is meant for a child of that parent, in the round it belongs to by now. */
  private static boolean isChildOf(UnderWay.Item.Stop stop, @Nullable ParentLink own) {
    return own != null && own.task().equals(stop.parent()) && own.round() == stop.round();
  }

  /** The work of a task once more: what a dispatcher asks for that could not take it at once. */
  private void repeat(Message.RepeatTask repeat) {
    var task = repeat.task();
    concerned = task.executionId();
    var run = express.find(concerned);
    var execution = run == null ? find(concerned) : run.execution();
    var effect =
        execution == null || execution.status().isClosed()
            ? null
            : decider.repeat(execution, new Pending(task.scopeId(), task.stamp(), -1)).orElse(null);
    replies.add(() -> repeat.answer().accept(effect));
  }

  /** Removes an execution that was closed long enough ago, unless it has come alive again. */
  private void expire(Message.Expire expire) {
    var id = expire.executionId();
    var execution = cache.find(id);
    if (execution == null) {
      execution = executions.summarize(id).orElse(null);
    }
    var removable =
        execution != null
            && !cache.isRemoved(id)
            && execution.status().isClosed()
            && execution.stopMillis() < expire.closedBeforeMillis()
            && !cache.isUncommitted(id)
            && !underWay.isAny(id);
    if (execution != null && removable) {
      expiry.remove(batch, execution);
      cache.removed(id);
    }
    replies.add(() -> expire.answer().accept(removable));
  }

  /**
   * Takes an execution out of service whose decision or rows broke an invariant: it fails with a
   * visible reason, and the shard goes on. What was decided before is committed first, because the
   * copy in memory can't be trusted any more.
   */
  private void takeOutOfService(long id) {
    var run = express.remove(id);
    if (run != null) {
      fail(run);
      return;
    }
    commit();
    release();
    cache.forget(id);
    mark = mark();
    try {
      var execution = find(id);
      if (execution != null && !execution.status().isClosed()) {
        var before = execution.status();
        var decision = decide(execution, new Command.FailExecution("States.Runtime", FAULT_CAUSE));
        write(execution, decision, before);
      }
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      rollBack(mark);
      cache.forget(id);
      outOfService.add(id);
      LOG.error(ENGINE_FAULT + "execution {} can't be ended either; it is left alone", id, e);
    }
  }

  /**
   * Leaves an execution as it is whose rows can't be read: another start may find them mended. A
   * store that can't be read at all is nothing to go on with.
   */
  private void leaveAlone(StorageFault fault, String what) {
    if (fault.code().equals("SW-STORAGE-IO") || concerned == 0) {
      throw fault;
    }
    var id = concerned;
    LOG.error("{}: expected to {}; execution {} is left alone", fault.code(), what, id, fault);
    commit();
    release();
    cache.forget(id);
    outOfService.add(id);
  }

  private void fail(ExpressRuns.Run run) {
    var execution = run.execution();
    var now = clock.nowMillis();
    heard.add(
        new Heard(
            new DecisionListener.Decided(execution, ExecutionStatus.FAILED),
            List.of(),
            execution.status()));
    fed.add(
        new FeedEntry(
            false,
            execution.header(),
            execution.status(),
            ExecutionStatus.FAILED,
            now,
            "States.Runtime",
            List.of()));
    var parent = execution.header().parent();
    if (parent != null) {
      effects.add(
          new Effect.NotifyParent(
              parent,
              execution.header(),
              ExecutionStatus.FAILED,
              null,
              "States.Runtime",
              FAULT_CAUSE,
              now,
              execution.redriveCount(),
              null));
    }
    leave(run, ExpressRuns.failed(execution, now, "States.Runtime", FAULT_CAUSE));
  }

  /**
   * Decides; where that takes long the step goes on without it meanwhile. Nothing that belongs to
   * the message may be in the batch before.
   */
  private Decision decide(Execution execution, Command command) {
    var work = new Work(execution);
    var moment = new Moment(Instant.ofEpochMilli(clock.nowMillis()), seeds.nextLong(), work);
    try {
      return decider.decide(execution, command, moment);
    } finally {
      work.comeBack();
    }
  }

  /** What the expressions of one decision have cost so far. */
  private final class Work implements Pace {
    private final Execution execution;
    private long left = LONG_STEPS;
    private boolean isAway;
    private boolean wasCached;

    Work(Execution execution) {
      this.execution = execution;
    }

    @Override
    public long stepsAhead() {
      return Math.max(1, left);
    }

    @Override
    public void passed(long steps) {
      left -= steps;
      if (left <= 0) {
        left = LONG_STEPS;
        if (isAway) {
          LockSupport.parkNanos(PAUSE_NANOS); // whoever waits for a processor has others waiting
        } else if (relief.isAtHand()) {
          leave();
        }
      }
    }

    private void leave() {
      var id = execution.header().id();
      // Whatever the step does meanwhile, it finds no half-decided execution.
      wasCached = cache.find(id) != null;
      cache.forget(id);
      away.left(execution);
      isAway = true;
      relief.leave();
    }

    void comeBack() {
      if (!isAway) {
        return;
      }
      relief.comeBack();
      away.cameBack(execution);
      if (wasCached) {
        cache.changed(execution, false); // storage may not have all of it yet
      }
      concerned = execution.header().id();
      mark = mark();
    }
  }

  private void write(Execution execution, Decision decision, @Nullable ExecutionStatus before) {
    var id = execution.header().id();
    var changes = writer.write(batch, execution, decision.events(), before);
    for (var timer : changes.timersSet()) {
      armed.add(new TimerWheel.Due(id, timer));
    }
    noteWhatIsOver(id, changes);
    heard(execution, decision.events(), before);
    fed.add(entry(true, execution, decision.events(), before));
    if (probe != DecisionProbe.NONE) {
      written.add(
          new DecisionProbe.Written(execution, List.copyOf(decision.events()), before == null));
    }
    for (var effect : decision.effects()) {
      if (effect instanceof Effect.NotifyParent notify) {
        underWay.ask(batch, new UnderWay.Item.ParentNotice(id, notify.link().round()));
      }
      remember(effect);
    }
    cache.changed(execution, before == null);
  }

  private void heard(Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    if (hearsDecisions) {
      heard.add(new Heard(DecisionListener.Decided.now(execution), events, before));
    }
  }

  private static FeedEntry entry(
      boolean stored, Execution execution, List<Event> events, @Nullable ExecutionStatus before) {
    var after = execution.status();
    return new FeedEntry(
        stored,
        execution.header(),
        before,
        after,
        after.isClosed() ? execution.stopMillis() : 0,
        after.isClosed() ? execution.error() : null,
        events);
  }

  /** Notes an effect for the release. Stops have a row until they are done. */
  private void remember(Effect effect) {
    switch (effect) {
      case Effect.StopNestedExecution _, Effect.StopMapRunChild _ ->
          ChildExecutions.toBeStopped(effect, directory)
              .ifPresent(
                  child -> {
                    underWay.ask(batch, UnderWay.Item.Stop.of(child));
                    effects.add(child);
                  });
      case Effect.StopJob stop -> {
        underWay.ask(batch, new UnderWay.Item.StopOfJob(stop.job()));
        effects.add(stop);
      }
      default -> effects.add(effect);
    }
  }

  private @Nullable Execution find(long id) {
    concerned = id;
    var known = cache.find(id);
    if (known != null || cache.isRemoved(id)) {
      return known;
    }
    var loaded = executions.load(id).orElse(null);
    if (loaded != null) {
      cache.loaded(loaded);
    }
    return loaded;
  }

  private boolean isMine(long executionId) {
    return workerOf(executionId, share.workers()) == share.worker();
  }

  private static void answerFault(Message message) {
    switch (message) {
      case Message.Start start -> start.answer().accept(null);
      case Message.StartSync start -> start.answer().accept(null);
      case Message.ForExecution forExecution -> forExecution.answer().accept(null);
      case Message.StopChild stop -> {}
      case Message.JobStopped stopped -> {}
      case Message.RedriveChild redrive -> {}
      case Message.RepeatTask repeat -> repeat.answer().accept(null);
      case Message.Expire expire -> expire.answer().accept(false);
      case Message.FeedRead read -> {}
    }
  }

  private static String describe(Message message) {
    return switch (message) {
      case Message.Start start -> "start " + start.request().executionArn();
      case Message.StartSync start -> "run " + start.request().executionArn();
      case Message.ForExecution forExecution ->
          forExecution.command().getClass().getSimpleName() + " " + forExecution.executionId();
      case Message.StopChild stop -> "stop " + stop.executionArn();
      case Message.JobStopped stopped -> "forget the stop of " + stopped.asked();
      case Message.RedriveChild redrive -> "redrive " + redrive.request().executionArn();
      case Message.RepeatTask repeat -> "repeat a task of " + repeat.task().executionId();
      case Message.Expire expire -> "remove " + expire.executionId();
      case Message.FeedRead read -> "note " + read.read();
    };
  }
}
