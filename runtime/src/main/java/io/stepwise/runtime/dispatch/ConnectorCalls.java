package io.stepwise.runtime.dispatch;

import io.stepwise.aws.StateMachineArn;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.AwaitedJob;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Utf8;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.time.Workload;
import io.stepwise.storage.execution.UnderWay;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls connectors so that none can hurt more than the one task it works for.
 *
 * <pre>
 * begin ─▶ a place in the connector's lane ─▶ a thread of the call's own ─▶ outcome, once
 *    └──── none free: waits as a reference, and is asked for again ◀── place given back
 * </pre>
 *
 * <p>A connector that throws, gives no future, gives one that fails or holds nothing, or blocks,
 * fails its task as {@value #FAULT} or has it time out. One that never answers keeps its place only
 * until the attempt is over. Limits: {@code callsMax} calls in flight for each connector.
 */
final class ConnectorCalls {
  /** The error of a task whose connector did what none may do. */
  static final String FAULT = "Stepwise.ConnectorFault";

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorCalls.class);

  /** Longest error name and cause taken from a connector. Units: characters. */
  private static final int ERROR_MAX = 256;

  private static final int CAUSE_MAX = 262_144;

  private final int callsMax;
  private final Mailbox mailbox;
  private final Workload workload;
  private final Executor threads;
  private final Map<Connector, CallLane> lanes = new ConcurrentHashMap<>();
  private final Map<TaskRef, Call<?>> calls = new ConcurrentHashMap<>();
  private final Set<TaskRef> waitingPolls = ConcurrentHashMap.newKeySet();
  private final Map<TaskRef, Stop> waitingStops = new ConcurrentHashMap<>();

  /**
   * No calls yet.
   *
   * @param callsMax calls in flight for each connector
   * @param mailbox told the outcome of each call, once; asked for the work of tasks whose turn has
   *     come
   * @param threads runs each call; a thread of its own, so that one that blocks holds up nobody
   */
  ConnectorCalls(int callsMax, Mailbox mailbox, Workload workload, Executor threads) {
    this.threads = threads;
    this.callsMax = callsMax;
    this.mailbox = mailbox;
    this.workload = workload;
  }

  /** Has a connector do the work of a task, now or when its turn comes. */
  void begin(Connector connector, Effect.InvokeTask invoke, ConnectorRequest request) {
    enter(new Invocation(connector, invoke, request));
  }

  /** Asks a connector how a job is doing, unless it is being asked already. */
  void poll(Connector connector, Jobs jobs, AwaitedJob job) {
    if (!calls.containsKey(job.task()) && waitingPolls.add(job.task())) {
      enter(new Poll(connector, jobs, job));
    }
  }

  /** Asks a connector to stop a job, and has that forgotten once it has answered. */
  void stop(Connector connector, Jobs jobs, AwaitedJob job) {
    var stop = new Stop(connector, jobs, job);
    waitingStops.put(job.task(), stop);
    enter(stop);
  }

  /** The attempt of a task is over: its call is given up, if there is one. */
  void over(TaskRef task) {
    var call = calls.remove(task);
    if (call != null) {
      call.giveUp();
    }
  }

  /** Calls in flight. */
  int inFlight() {
    return lanes.values().stream().mapToInt(CallLane::calls).sum();
  }

  /** Tasks that wait for their turn. */
  int waiting() {
    return lanes.values().stream().mapToInt(CallLane::waiting).sum();
  }

  private void enter(Call<?> call) {
    if (call.lane.enter(call.stateMachineArn, call.task)) {
      call.start();
    }
  }

  /** Gives the places that are free to those who wait. */
  private void pump(CallLane lane, Connector connector) {
    for (var turn = lane.next(); turn != null; turn = lane.next()) {
      var next = turn;
      var stop = waitingStops.get(next.task());
      if (stop != null) {
        stop.start();
      } else {
        mailbox.put(
            new Message.RepeatTask(next.task(), effect -> goOn(lane, connector, next, effect)));
      }
    }
  }

  private void goOn(
      CallLane lane, Connector connector, CallLane.Turn turn, @Nullable Effect effect) {
    var work = effect instanceof Effect.MockTask mock ? mock.work() : effect;
    var jobs = connector.jobs();
    if (work instanceof Effect.InvokeTask invoke) {
      new Invocation(connector, invoke, EffectDispatcher.request(invoke)).start();
    } else if (work instanceof Effect.PollJob(var job) && jobs.isPresent()) {
      new Poll(connector, jobs.get(), job).start();
    } else {
      waitingPolls.remove(turn.task());
      lane.leave(turn.stateMachineArn()); // over since: it timed out, or was stopped
      pump(lane, connector);
    }
  }

  private void tell(TaskRef task, Command command) {
    mailbox.put(new Message.ForExecution(task.executionId(), command, reply -> {}, null));
  }

  /** The work of a task. */
  private final class Invocation extends Call<ConnectorOutcome> {
    private final ConnectorRequest request;

    Invocation(Connector connector, Effect.InvokeTask invoke, ConnectorRequest request) {
      super(
          connector,
          invoke.task(),
          invoke.execution().machine().stateMachineArn(),
          request.service(),
          request.action());
      this.request = request;
    }

    @Override
    CompletableFuture<ConnectorOutcome> ask() {
      return connector.invoke(request);
    }

    @Override
    void answered(ConnectorOutcome outcome) {
      if (outcome instanceof ConnectorOutcome.Submitted(var output, var job)
          && isOfJob()
          && output != null
          && job != null
          && job.length() <= ConnectorOutcome.JOB_REFERENCE_MAX) {
        tell(task, new Command.BeginJob(task.scopeId(), task.stamp(), output, job));
      } else if (outcome instanceof ConnectorOutcome.Success && isOfJob()) {
        failed(fault(new IllegalStateException("it began no job")));
      } else {
        tell(task, new Command.AnswerTask(task.scopeId(), task.stamp(), outcomeOf(outcome)));
      }
    }

    private boolean isOfJob() {
      return switch (request.pattern()) {
        case SYNC, SYNC_2 -> true;
        case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> false;
      };
    }

    @Override
    void failed(Outcome fault) {
      tell(task, new Command.AnswerTask(task.scopeId(), task.stamp(), fault));
    }
  }

  /** A look at a job. */
  private final class Poll extends Call<Jobs.Status> {
    private final Jobs jobs;
    private final AwaitedJob job;

    Poll(Connector connector, Jobs jobs, AwaitedJob job) {
      super(
          connector,
          job.task(),
          job.stateMachine(),
          job.resource().service(),
          job.resource().action());
      this.jobs = jobs;
      this.job = job;
    }

    @Override
    void start() {
      waitingPolls.remove(task);
      super.start();
    }

    @Override
    CompletableFuture<Jobs.Status> ask() {
      return jobs.poll(jobOf(job));
    }

    @Override
    void answered(Jobs.Status status) {
      if (status instanceof Jobs.Status.Ended(var outcome)) {
        tell(task, new Command.SettleTask(task.scopeId(), task.stamp(), outcomeOf(outcome)));
      }
    }

    @Override
    void failed(Outcome fault) {
      tell(task, new Command.SettleTask(task.scopeId(), task.stamp(), fault));
    }
  }

  /** The end of a job that nobody waits for. What becomes of it changes no execution. */
  private final class Stop extends Call<@Nullable Void> {
    private final Jobs jobs;
    private final AwaitedJob job;

    Stop(Connector connector, Jobs jobs, AwaitedJob job) {
      super(
          connector,
          job.task(),
          job.stateMachine(),
          job.resource().service(),
          job.resource().action());
      this.jobs = jobs;
      this.job = job;
    }

    @Override
    void start() {
      waitingStops.remove(task);
      super.start();
    }

    @Override
    CompletableFuture<@Nullable Void> ask() {
      return jobs.stop(jobOf(job));
    }

    @Override
    boolean isAnswer(@Nullable Void nothing) {
      return true;
    }

    @Override
    void answered(@Nullable Void nothing) {
      mailbox.put(new Message.JobStopped(new UnderWay.Item.StopOfJob(job)));
    }

    @Override
    void failed(Outcome fault) {
      answered(null); // said in the log; a second try would fare no better
    }

    @Override
    boolean isKnownByTask() {
      return false; // its attempt is over, and the next one must not give it up
    }
  }

  private static Jobs.Job jobOf(AwaitedJob job) {
    return new Jobs.Job(
        job.resource().arn(),
        job.resource().service(),
        job.resource().action(),
        job.resource().pattern(),
        job.reference(),
        Optional.ofNullable(job.credentialsRoleArn()),
        job.stateMachine().location());
  }

  /** One call of a connector. Ends once, whatever the connector does. */
  private abstract class Call<T extends @Nullable Object> {
    final Connector connector;
    final TaskRef task;
    private final CallLane lane;
    private final String stateMachineArn;
    private final String service;
    private final String action;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile @Nullable CompletableFuture<T> future;

    Call(
        Connector connector,
        TaskRef task,
        StateMachineArn stateMachine,
        String service,
        String action) {
      this.connector = connector;
      this.lane = lanes.computeIfAbsent(connector, key -> new CallLane(callsMax));
      this.task = task;
      this.stateMachineArn = stateMachine.text();
      this.service = service;
      this.action = action;
    }

    /** Asks the connector, which may do anything. */
    abstract CompletableFuture<T> ask();

    /** What the connector made of it. */
    abstract void answered(T answer);

    /** The connector did what none may do. */
    abstract void failed(Outcome fault);

    boolean isAnswer(T answer) {
      return answer != null;
    }

    boolean isKnownByTask() {
      return true;
    }

    void start() {
      if (isKnownByTask()) {
        calls.put(task, this);
      }
      workload.began();
      threads.execute(this::run);
    }

    private void run() {
      CompletableFuture<T> work;
      thread = Thread.currentThread();
      if (ended.get()) {
        return; // over before it began
      }
      try {
        work = ask();
      } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
        end(() -> failed(fault(e)));
        return;
      }
      if (work == null) {
        end(() -> failed(fault(new IllegalStateException("it gave no future"))));
        return;
      }
      future = work;
      if (ended.get()) {
        work.cancel(true); // given up while it was being called
        return;
      }
      work.whenComplete(
          (answer, failure) ->
              end(
                  () -> {
                    if (failure != null) {
                      failed(fault(failure));
                    } else if (isAnswer(answer)) {
                      answered(answer);
                    } else {
                      failed(fault(new IllegalStateException("it gave nothing")));
                    }
                  }));
    }

    Outcome outcomeOf(@Nullable ConnectorOutcome outcome) {
      return switch (outcome) {
        case ConnectorOutcome.Success(var output) when output != null ->
            new Outcome.Success(output);
        case ConnectorOutcome.Failure(var error, var cause) ->
            new Outcome.Failure(cut(error, ERROR_MAX), cut(cause, CAUSE_MAX));
        case ConnectorOutcome.Submitted _ ->
            fault(new IllegalStateException("it began a job that nobody asked for"));
        case null, default -> fault(new IllegalStateException("it gave nothing"));
      };
    }

    Outcome fault(Throwable failure) {
      var cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (!(cause instanceof CancellationException && ended.get())) {
        LOG.error(
            "{}: the connector of {}:{} failed in execution {} of {}",
            FAULT,
            service,
            action,
            task.executionId(),
            stateMachineArn,
            cause);
      }
      return new Outcome.Failure(
          FAULT,
          "Stepwise's connector for "
              + service
              + ":"
              + action
              + " failed: "
              + cut(String.valueOf(cause.getMessage()), ERROR_MAX)
              + ". The server's log has the details.");
    }

    private void end(Runnable answer) {
      if (ended.compareAndSet(false, true)) {
        calls.remove(task, this);
        leave(); // before the answer: who sees the task's end sees its place free
        answer.run();
        passOn();
      }
    }

    void giveUp() {
      if (ended.compareAndSet(false, true)) {
        var work = future;
        var calling = thread;
        if (work != null) {
          // Elsewhere: what a connector does when it is cancelled is its own affair.
          threads.execute(() -> work.cancel(true));
        } else if (calling != null) {
          calling.interrupt();
        }
        leave();
        passOn();
      }
    }

    private void leave() {
      lane.leave(stateMachineArn);
    }

    /** Gives the place to who waits for it; only then may a clock that skips time go on. */
    private void passOn() {
      pump(lane, connector);
      workload.callEnded();
    }
  }

  private static @Nullable String cut(@Nullable String text, int max) {
    return text == null ? null : Utf8.cut(text, max);
  }
}
