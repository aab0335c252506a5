package io.stepwise.runtime.dispatch;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.expression.Utf8;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.runtime.port.Mailbox;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.time.Workload;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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
  private final BiConsumer<TaskRef, Outcome> answer;
  private final Executor threads;
  private final Map<Connector, CallLane> lanes = new ConcurrentHashMap<>();
  private final Map<TaskRef, Call> calls = new ConcurrentHashMap<>();

  /**
   * No calls yet.
   *
   * @param callsMax calls in flight for each connector
   * @param mailbox asked for the work of tasks whose turn has come
   * @param answer told the outcome of each call, once
   * @param threads runs each call; a thread of its own, so that one that blocks holds up nobody
   */
  ConnectorCalls(
      int callsMax,
      Mailbox mailbox,
      Workload workload,
      BiConsumer<TaskRef, Outcome> answer,
      Executor threads) {
    this.threads = threads;
    this.callsMax = callsMax;
    this.mailbox = mailbox;
    this.workload = workload;
    this.answer = answer;
  }

  /** Has a connector do the work of a task, now or when its turn comes. */
  void begin(Connector connector, Effect.InvokeTask invoke, ConnectorRequest request) {
    var lane = lane(connector);
    var machine = invoke.execution().machine().stateMachineArn().text();
    if (lane.enter(machine, invoke.task())) {
      call(lane, connector, invoke, request);
    }
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

  private CallLane lane(Connector connector) {
    return lanes.computeIfAbsent(connector, key -> new CallLane(callsMax));
  }

  private void call(
      CallLane lane, Connector connector, Effect.InvokeTask invoke, ConnectorRequest request) {
    var call = new Call(lane, connector, invoke, request);
    calls.put(invoke.task(), call);
    workload.began();
    call.start();
  }

  /** Gives the places that are free to those who wait. */
  private void pump(CallLane lane, Connector connector) {
    for (var turn = lane.next(); turn != null; turn = lane.next()) {
      var next = turn;
      mailbox.put(
          new Message.RepeatTask(next.task(), effect -> goOn(lane, connector, next, effect)));
    }
  }

  private void goOn(
      CallLane lane, Connector connector, CallLane.Turn turn, @Nullable Effect effect) {
    var work = effect instanceof Effect.MockTask mock ? mock.work() : effect;
    if (work instanceof Effect.InvokeTask invoke) {
      call(lane, connector, invoke, EffectDispatcher.request(invoke));
    } else {
      lane.leave(turn.stateMachineArn()); // over since: it timed out, or was stopped
      pump(lane, connector);
    }
  }

  /** One call of a connector. Ends once, whatever the connector does. */
  private final class Call {
    private final CallLane lane;
    private final Connector connector;
    private final Effect.InvokeTask invoke;
    private final ConnectorRequest request;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile @Nullable CompletableFuture<ConnectorOutcome> future;

    Call(CallLane lane, Connector connector, Effect.InvokeTask invoke, ConnectorRequest request) {
      this.lane = lane;
      this.connector = connector;
      this.invoke = invoke;
      this.request = request;
    }

    void start() {
      threads.execute(this::run);
    }

    private void run() {
      CompletableFuture<ConnectorOutcome> work;
      thread = Thread.currentThread();
      if (ended.get()) {
        return; // over before it began
      }
      try {
        work = connector.invoke(request);
      } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
        end(fault(e));
        return;
      }
      if (work == null) {
        end(fault(new IllegalStateException("it gave no future")));
        return;
      }
      future = work;
      if (ended.get()) {
        work.cancel(true); // given up while it was being called
        return;
      }
      work.whenComplete((outcome, failure) -> end(outcome(outcome, failure)));
    }

    private Outcome outcome(@Nullable ConnectorOutcome outcome, @Nullable Throwable failure) {
      if (failure != null) {
        return fault(failure);
      }
      return switch (outcome) {
        case ConnectorOutcome.Success(var output) when output != null ->
            new Outcome.Success(output);
        case ConnectorOutcome.Failure(var error, var cause) ->
            new Outcome.Failure(cut(error, ERROR_MAX), cut(cause, CAUSE_MAX));
        case null, default -> fault(new IllegalStateException("it gave nothing"));
      };
    }

    private Outcome fault(Throwable failure) {
      var cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (!(cause instanceof CancellationException && ended.get())) {
        LOG.error(
            "{}: the connector of {}:{} failed in execution {}",
            FAULT,
            request.service(),
            request.action(),
            invoke.execution().arn(),
            cause);
      }
      return new Outcome.Failure(
          FAULT,
          "Stepwise's connector for "
              + request.service()
              + ":"
              + request.action()
              + " failed: "
              + cut(String.valueOf(cause.getMessage()), ERROR_MAX)
              + ". The server's log has the details.");
    }

    private void end(Outcome outcome) {
      if (ended.compareAndSet(false, true)) {
        calls.remove(invoke.task(), this);
        leave(); // before the answer: who sees the task's end sees its place free
        answer.accept(invoke.task(), outcome);
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
      lane.leave(invoke.execution().machine().stateMachineArn().text());
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
