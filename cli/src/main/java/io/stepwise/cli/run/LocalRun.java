package io.stepwise.cli.run;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.catalog.StateMachineDirectory;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.step.Audience;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.step.Share;
import io.stepwise.runtime.time.Clock;
import io.stepwise.runtime.time.Workload;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.execution.DueTimers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one state machine, in the thread of the caller, with nothing kept: what the
 * command line runs. The shard step, the decider and the connectors are the server's.
 *
 * <pre>
 * run(): due timers ─▶ answers of connectors ─▶ commit ─▶ release ─▶ sleep, or skip to the next timer
 * </pre>
 */
public final class LocalRun {
  /** How often the caller is told that time goes by. Units: milliseconds. */
  private static final long TICK_MILLIS = 100;

  private final StateMachineRevision machine;
  private final @Nullable String testCase;
  private final boolean skipsTime;
  private final SkippingClock clock = new SkippingClock();
  private final InMemoryStorage storage = new InMemoryStorage();
  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final EffectDispatcher dispatcher;
  private final Observer observer;
  private final ShardStep step;
  private final AtomicInteger callsUnderWay = new AtomicInteger();
  private @Nullable Execution execution;

  /** Who watches a run. Called in its thread. */
  public interface Observer {
    /** Something was decided, about the execution itself or a child of it. */
    void decided(Execution execution, List<Event> events, long nowMillis);

    /** Time goes by. */
    void waiting(long nowMillis);
  }

  /**
   * What answers the tasks of a run.
   *
   * @param mocks answers of test cases
   * @param testCase the test case to run, or null for none
   */
  public record Answers(Connectors connectors, Mocks mocks, @Nullable String testCase) {
    /** Real services only. */
    public static Answers of(Connectors connectors) {
      return new Answers(connectors, Mocks.NONE, null);
    }
  }

  /**
   * A run that has not started.
   *
   * @param skipsTime whether waits are skipped while no connector is at work
   */
  public LocalRun(
      StateMachineRevision machine, Answers answers, boolean skipsTime, Observer observer) {
    this.machine = machine;
    this.testCase = answers.testCase();
    this.skipsTime = skipsTime;
    this.observer = observer;
    var directory = new OneMachine(machine);
    this.dispatcher =
        new EffectDispatcher(
            inbox::add,
            directory,
            answers.connectors(),
            new ActivityTasks(inbox::add, null),
            answers.mocks(),
            new Calls());
    this.step =
        new ShardStep(
            storage,
            directory,
            new Decider(Limits.AWS, directory::activityExists),
            clock,
            dispatcher,
            Share.whole(1),
            System.nanoTime(),
            Audience.of(new Listener()));
  }

  /** Runs to the end; returns the execution as it ended. */
  public Execution run(String name, Payload input) throws InterruptedException {
    var express = machine.type() == StateMachineType.EXPRESS;
    var arn =
        express
            ? machine.stateMachineArn().expressExecution(name, "1")
            : machine.stateMachineArn().execution(name);
    var request = StartRequest.ofClient(machine, arn, name, input, null, null, null, testCase);
    step.process(
        express ? new Message.StartSync(request, end -> {}) : new Message.Start(request, r -> {}));
    while (true) {
      settle();
      var known = execution;
      if (known == null) {
        throw new IllegalStateException("Expected the start of " + arn + " to be decided");
      }
      if (known.status().isClosed()) {
        return known;
      }
      await();
    }
  }

  /** The time of the run. Units: milliseconds since 1970. */
  public long nowMillis() {
    return clock.nowMillis();
  }

  private void settle() {
    do {
      step.fireTimers();
      for (var message = inbox.poll(); message != null; message = inbox.poll()) {
        step.process(message);
      }
      step.commit();
      step.release();
    } while (step.hasWork() || !inbox.isEmpty());
  }

  private void await() throws InterruptedException {
    var due = nextDue();
    // In this order: the message with an answer is there before its call is over.
    if (skipsTime && due.mayBeSkipped() && callsUnderWay.get() == 0 && inbox.isEmpty()) {
      clock.skipTo(due.millis());
      return;
    }
    var millis = Math.clamp(due.millis() - clock.nowMillis(), 1, TICK_MILLIS);
    var message = inbox.poll(millis, TimeUnit.MILLISECONDS);
    if (message != null) {
      step.process(message);
    }
    observer.waiting(clock.nowMillis());
  }

  /** When something is due, and whether the clock may jump there: not while a service works. */
  private record Due(long millis, boolean mayBeSkipped) {}

  private Due nextDue() {
    var due = new Due[] {new Due(step.nextDueMillis(), step.nextDueMillis() != Long.MAX_VALUE)};
    new DueTimers(storage)
        .visit(
            DueTimers.Place.at(0),
            Long.MAX_VALUE,
            1,
            (id, timer) -> {
              if (timer.dueMillis() <= due[0].millis()) {
                due[0] = new Due(timer.dueMillis(), timer.kind() != Timer.Kind.JOB_POLL);
              }
              return false;
            });
    return due[0];
  }

  /** Counts the calls that are under way. */
  private final class Calls implements Workload {
    @Override
    public boolean isCounted() {
      return false; // messages are not
    }

    @Override
    public void began() {
      callsUnderWay.incrementAndGet();
    }

    @Override
    public void callEnded() {
      callsUnderWay.decrementAndGet();
    }

    @Override
    public void passed(int worker, int ended, @Nullable Timer next) {}
  }

  private final class Listener implements DecisionListener {
    @Override
    public void decided(Execution decided, List<Event> events, @Nullable ExecutionStatus before) {
      if (execution == null) {
        execution = decided;
      }
      observer.decided(decided, events, clock.nowMillis());
    }
  }

  /** The machine's clock, ahead by what was skipped. */
  private static final class SkippingClock implements Clock {
    private long skippedMillis;

    @Override
    public long nowMillis() {
      return System.currentTimeMillis() + skippedMillis;
    }

    @Override
    public long nanosUntil(long dueMillis) {
      return Duration.ofMillis(Math.max(0, dueMillis - nowMillis())).toNanos();
    }

    void skipTo(long millis) {
      skippedMillis += Math.max(0, millis - nowMillis());
    }
  }

  /** A directory of one state machine; every activity exists, and none has a worker. */
  private record OneMachine(StateMachineRevision machine) implements StateMachineDirectory {
    @Override
    public StateMachineRevision revision(long id) {
      return machine;
    }

    @Override
    public Optional<Target> find(String stateMachineArn, long seed) {
      return stateMachineArn.equals(machine.stateMachineArn().text())
          ? Optional.of(new Target(machine, null, null))
          : Optional.empty();
    }

    @Override
    public boolean activityExists(String activityArn) {
      return true;
    }
  }
}
