package io.stepwise.simulation;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connectors;
import io.stepwise.runtime.ActivityTasks;
import io.stepwise.runtime.DecisionListener;
import io.stepwise.runtime.EffectDispatcher;
import io.stepwise.runtime.Message;
import io.stepwise.runtime.ShardStep;
import io.stepwise.runtime.StartRequest;
import io.stepwise.simulation.check.Acknowledgements;
import io.stepwise.simulation.check.Histories;
import io.stepwise.simulation.check.Leftovers;
import io.stepwise.simulation.check.Violation;
import io.stepwise.simulation.program.DefinitionWriter;
import io.stepwise.simulation.program.ProgramGenerator;
import io.stepwise.simulation.program.Reference;
import io.stepwise.simulation.program.Step;
import io.stepwise.storage.ExecutionStore;
import io.stepwise.storage.Keys;
import io.stepwise.testkit.FoldOracle;
import io.stepwise.testkit.TestDirectory;
import io.stepwise.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One round: some state machines, many executions, a process that dies now and then, and in the end
 * the checks. Everything follows from the seed.
 *
 * <pre>
 * clients, connectors ─▶ mailbox ─▶ worker's inbox ─▶ process … commit … release ─▶ effects
 *        ▲                                                                            │
 *        └────────────────────────── agenda (virtual time) ◀──────────────────────────┘
 * </pre>
 */
final class Simulation {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SHARDS = 8;
  private static final int MACHINES = 6;
  private static final int EXECUTIONS = 30;

  private final Fault fault;
  private final SplittableRandom random;
  private final VirtualClock clock = new VirtualClock(START);
  private final CrashPoints crashes;
  private final FaultyStorage storage;
  private final TestDirectory directory = new TestDirectory();
  private final ExecutionStore store;
  private final Agenda agenda = new Agenda();
  private final Acknowledgements acknowledgements;
  private final Clients clients;
  private final EffectDispatcher natives;
  private final Decider decider;
  private final List<Worker> workers = new ArrayList<>();
  private final Map<String, Expected> expected = new LinkedHashMap<>();
  private final List<Seen> timersSeen = new ArrayList<>();
  private int crashCount;

  /** What is planted to see whether it is found. */
  enum Fault {
    NONE,
    REPLY_BEFORE_COMMIT
  }

  /** What a round did. */
  record Result(int executions, long events, int crashes) {}

  /** An execution, and what it must give unless a client stops it and leaves it at that. */
  private record Expected(long output, boolean stopped) {}

  private record Seen(long executionId, Timer timer) {}

  /** One thread of the process: its step and the messages that wait for it. */
  private static final class Worker {
    final FoldOracle fold;
    final ArrayDeque<Message> inbox = new ArrayDeque<>();
    ShardStep step;

    Worker(FoldOracle fold, ShardStep step) {
      this.fold = fold;
      this.step = step;
    }
  }

  Simulation(long seed, Fault fault) {
    this.fault = fault;
    this.random = new SplittableRandom(seed);
    this.crashes = new CrashPoints(random.split(), 200 + random.nextInt(3_000));
    this.storage = new FaultyStorage(crashes);
    this.store = new ExecutionStore(storage, directory::revision);
    this.acknowledgements = new Acknowledgements(store);
    this.clients =
        new Clients(random.split(), agenda, acknowledgements, this::put, clock::nowMillis);
    this.natives =
        new EffectDispatcher(
            this::put, directory, new Connectors(List.of()), new ActivityTasks(this::put, null));
    // Small budgets cut decisions in the middle. The year is short, so that what hangs is seen
    // soon; Express executions get more than five minutes, because crashes cost time.
    var budget = 20 + random.nextInt(200);
    this.decider =
        new Decider(
            new Limits(262_144, 25_000, 40, 1_000, budget, 864_000, 86_400, 1.0),
            directory::activityExists);
    directory.addActivity("work");
    var count = 2 + random.nextInt(2);
    for (var index = 0; index < count; index++) {
      var fold = new FoldOracle(store);
      workers.add(new Worker(fold, newStep(fold, count, index)));
    }
  }

  /** Runs the round. Errors: {@link AssertionError} with what does not hold. */
  Result run() {
    schedule();
    var chaosUntil = clock.nowMillis() + Duration.ofMinutes(30).toMillis();
    while (true) {
      if (clock.nowMillis() > chaosUntil) {
        crashes.disable();
      }
      try {
        if (!turn()) {
          break;
        }
      } catch (SimulatedCrash crash) {
        crash();
      }
      if (clock.nowMillis() > chaosUntil + Duration.ofDays(20).toMillis()) {
        throw new Violation("Expected every execution to end, but some are still open");
      }
    }
    return check();
  }

  // ── The world outside ──────────────────────────────────────────────────────────────────────

  private void schedule() {
    Map<String, List<Step>> programs = new LinkedHashMap<>();
    Map<String, StateMachineRevision> machines = new LinkedHashMap<>();
    for (var i = 0; i < MACHINES; i++) {
      var program = new ProgramGenerator(random.split(), programs).program();
      var name = "machine" + i;
      var definition = DefinitionWriter.write(program);
      machines.put(name, directory.register(name, definition, StateMachineType.STANDARD));
      programs.put(name, program);
    }
    var names = List.copyOf(machines.keySet());
    for (var i = 0; i < EXECUTIONS; i++) {
      var machineName = names.get(random.nextInt(names.size()));
      var machine = machines.get(machineName);
      var program = programs.get(machineName);
      if (machine != null && program != null) {
        schedule(machine, program, "run" + i);
      }
    }
  }

  private void schedule(StateMachineRevision machine, List<Step> program, String name) {
    var v = random.nextInt(10);
    var arn = machine.stateMachineArn().replace(":stateMachine:", ":execution:") + ":" + name;
    var input = Payload.ofTrustedText("{\"v\":" + v + "}");
    var stopped = random.nextInt(6) == 0;
    var redrives = random.nextInt(4);
    expected.put(arn, new Expected(Reference.run(program, v), stopped && redrives == 0));
    clients.start(
        StartRequest.ofClient(machine, arn, name, input, null, null, null),
        result -> {
          if (stopped) {
            store.find(arn).ifPresent(id -> clients.stop(id, redrives));
          }
        });
  }

  // ── The process ────────────────────────────────────────────────────────────────────────────

  private ShardStep newStep(FoldOracle fold, int count, int index) {
    return new ShardStep(
        storage,
        directory,
        decider,
        clock,
        this::perform,
        SHARDS,
        count,
        index,
        random.nextLong(),
        DecisionListener.NONE,
        fold);
  }

  private void perform(Effect effect) {
    crashes.pass("in the middle of a release");
    switch (effect) {
      case Effect.InvokeTask invoke -> clients.work(invoke);
      case Effect.OfferActivityTask offer -> clients.offer(offer);
      case Effect other -> natives.perform(other);
    }
  }

  private void put(Message message) {
    var worker =
        switch (message) {
          case Message.Start start ->
              ShardStep.workerOf(start.request().executionArn(), SHARDS, workers.size());
          case Message.StartSync start ->
              ShardStep.workerOf(start.request().executionArn(), SHARDS, workers.size());
          case Message.StopChild stop ->
              ShardStep.workerOf(stop.executionArn(), SHARDS, workers.size());
          case Message.RedriveChild redrive ->
              ShardStep.workerOf(redrive.request().executionArn(), SHARDS, workers.size());
          case Message.ForExecution command ->
              ShardStep.workerOf(command.executionId(), workers.size());
          case Message.RepeatTask repeat ->
              ShardStep.workerOf(repeat.task().executionId(), workers.size());
          case Message.Expire expire -> ShardStep.workerOf(expire.executionId(), workers.size());
        };
    workers.get(worker).inbox.add(message);
  }

  /** Does one thing; returns false when there will never be anything to do again. */
  private boolean turn() {
    crashes.pass("between two turns");
    var worker = workers.get(random.nextInt(workers.size()));
    if (!worker.inbox.isEmpty() && random.nextInt(4) > 0) {
      for (var n = 1 + random.nextInt(4); n > 0 && !worker.inbox.isEmpty(); n--) {
        worker.step.process(worker.inbox.remove());
      }
      return true;
    }
    if (worker.step.hasWork()) {
      finish(worker);
      return true;
    }
    if (worker.step.nextTimerMillis() <= clock.nowMillis()) {
      worker.step.fireTimers();
      return true;
    }
    if (agenda.runNext(clock.nowMillis())) {
      return true;
    }
    if (random.nextInt(50) == 0) {
      repeatATimer();
    }
    for (var other : workers) {
      if (!other.inbox.isEmpty()
          || other.step.hasWork()
          || other.step.nextTimerMillis() <= clock.nowMillis()) {
        return true;
      }
    }
    return passTime();
  }

  private void finish(Worker worker) {
    if (fault == Fault.REPLY_BEFORE_COMMIT) {
      worker.step.release();
      worker.step.commit();
    } else {
      worker.step.commit();
      crashes.pass("between commit and release");
      worker.step.release();
    }
  }

  private boolean passTime() {
    if (agenda.isEmpty() && allEnded()) {
      return false;
    }
    var next = agenda.nextMillis();
    for (var worker : workers) {
      next = Math.min(next, worker.step.nextTimerMillis());
    }
    clock.advanceTo(next);
    return true;
  }

  private boolean allEnded() {
    var all = new boolean[] {true};
    storage.scan(
        new byte[] {'s'},
        new byte[] {'t'},
        (key, value) -> {
          all[0] = key[9] != ExecutionStatus.RUNNING.ordinal();
          return all[0];
        });
    return all[0] && childrenEnded();
  }

  private boolean childrenEnded() {
    var all = new boolean[] {true};
    storage.scan(
        new byte[] {'k'},
        new byte[] {'l'},
        (key, value) -> {
          all[0] = store.summarize(Keys.listedExecution(key)).orElseThrow().status().isClosed();
          return all[0];
        });
    return all[0];
  }

  /** Fires a timer that was due before once more, as a confused host might. */
  private void repeatATimer() {
    storage.scan(
        new byte[] {'t'},
        Keys.timersFrom(clock.nowMillis() + 60_000),
        (key, value) -> {
          timersSeen.add(new Seen(Keys.timerExecution(key), Keys.timer(key)));
          return random.nextInt(3) > 0;
        });
    if (!timersSeen.isEmpty()) {
      var seen = timersSeen.get(random.nextInt(timersSeen.size()));
      if (seen.timer().dueMillis() <= clock.nowMillis()) {
        put(
            new Message.ForExecution(
                seen.executionId(), new Command.FireTimer(seen.timer()), reply -> {}, null));
      }
    }
  }

  private void crash() {
    crashCount++;
    agenda.crashed();
    acknowledgements.check();
    clients.crashed();
    // A process may be back within the millisecond, as far as its clock can tell.
    clock.advance(Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(30_000)));
    for (var index = 0; index < workers.size(); index++) {
      var worker = workers.get(index);
      worker.inbox.clear();
      worker.step = newStep(worker.fold, workers.size(), index);
    }
    workers.forEach(worker -> worker.step.recover());
  }

  // ── The checks ─────────────────────────────────────────────────────────────────────────────

  private Result check() {
    acknowledgements.check();
    Leftovers.check(storage, store);
    expected.forEach(this::checkOutput);
    var executions = new int[1];
    var events = new long[1];
    storage.scan(
        new byte[] {'x'},
        new byte[] {'x' + 1},
        (key, value) -> {
          executions[0]++;
          events[0] += Histories.check(store, Keys.executionOf(key));
          return true;
        });
    return new Result(executions[0], events[0], crashCount);
  }

  private void checkOutput(String arn, Expected result) {
    var id = store.find(arn);
    if (id.isEmpty()) {
      throw new Violation("Expected " + arn + " to have been started");
    }
    var execution = store.describe(id.getAsLong()).orElseThrow();
    if (result.stopped() && execution.status() == ExecutionStatus.ABORTED) {
      return;
    }
    var output = execution.output();
    if (output == null || output.tree().path("v").asLong() != result.output()) {
      throw new Violation(
          "Expected "
              + arn
              + " to give "
              + result.output()
              + ", found "
              + execution.status()
              + " "
              + output
              + " "
              + execution.error()
              + " "
              + execution.cause());
    }
  }
}
