package io.stepwise.simulation;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.IntegrationPattern;
import io.stepwise.catalog.Catalog;
import io.stepwise.catalog.Settings;
import io.stepwise.catalog.StateMachines;
import io.stepwise.engine.Decider;
import io.stepwise.engine.Limits;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.DecisionProbe;
import io.stepwise.runtime.port.EffectSink;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.step.Audience;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.step.Share;
import io.stepwise.runtime.time.Workload;
import io.stepwise.scenario.FoldOracle;
import io.stepwise.scenario.VirtualClock;
import io.stepwise.simulation.check.Acknowledgements;
import io.stepwise.simulation.check.Histories;
import io.stepwise.simulation.check.Leftovers;
import io.stepwise.simulation.check.Violation;
import io.stepwise.simulation.program.DefinitionWriter;
import io.stepwise.simulation.program.ProgramGenerator;
import io.stepwise.simulation.program.Reference;
import io.stepwise.simulation.program.Step;
import io.stepwise.storage.StorageFault;
import io.stepwise.storage.execution.DueTimers;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.Expiry;
import io.stepwise.storage.feed.FeedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  private static final int CHANGES = 10;
  private static final AwsLocation HERE = AwsLocation.of("us-east-1", "123456789012");

  private final Fault fault;
  private final SplittableRandom random;
  private final VirtualClock clock = new VirtualClock(START);
  private final CrashPoints crashes;
  private final FaultyStorage storage;
  private final ExecutionReader store;
  private final Agenda agenda = new Agenda();
  private final Acknowledgements acknowledgements;
  private final Clients clients;
  private final HostileConnector connector;
  private final int callsMax;
  private final boolean putsFail;
  private final Decider decider;
  private Catalog catalog;
  private EffectDispatcher dispatcher;
  private final List<Worker> workers = new ArrayList<>();
  private final FeedFollower follower;
  private final Map<String, Expected> expected = new LinkedHashMap<>();
  private final List<Seen> timersSeen = new ArrayList<>();
  private int crashCount;
  private boolean isCalm;

  /** What is planted to see whether it is found. */
  enum Fault {
    NONE,
    /** Callers hear before what they are told is durable. */
    REPLY_BEFORE_COMMIT,
    /** What was collected for a decision that failed half-way is committed all the same. */
    HALF_WRITTEN,
    /** A connector is called where what it throws is nobody's. */
    UNCONTAINED_CONNECTOR,
    /** A listener is called where what it throws ends the step. */
    UNCONTAINED_LISTENER,
    /** Retention deletes what it has seen closed, without asking the shard. */
    RETENTION_BESIDE_SHARD;

    /** As an option names it. */
    String option() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
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
    boolean recovering = true;

    Worker(FoldOracle fold, ShardStep step) {
      this.fold = fold;
      this.step = step;
    }
  }

  Simulation(long seed, Fault fault) {
    this.fault = fault;
    this.random = new SplittableRandom(seed);
    this.crashes = new CrashPoints(random.split(), 200 + random.nextInt(3_000));
    // Changes that can't be collected fail executions, so most rounds do without.
    this.putsFail = fault == Fault.HALF_WRITTEN || random.nextInt(4) == 0;
    this.storage =
        new FaultyStorage(crashes, random.split(), putsFail, fault != Fault.HALF_WRITTEN);
    this.callsMax = 1 + random.nextInt(20);
    this.catalog = new Catalog(storage, clock::nowMillis);
    this.store = new ExecutionReader(storage, id -> catalog.revision(id));
    this.acknowledgements = new Acknowledgements(store);
    this.clients =
        new Clients(
            random.split(), agenda, acknowledgements, this::put, clock::nowMillis, () -> putsFail);
    this.connector = new HostileConnector(random.split(), clients);
    this.dispatcher = newDispatcher();
    // Small budgets cut decisions in the middle. The year is short, so that what hangs is seen
    // soon; Express executions get more than five minutes, because crashes cost time.
    var budget = 20 + random.nextInt(200);
    this.decider =
        new Decider(
            new Limits(262_144, 25_000, 40, 1_000, budget, 864_000, 86_400, 1.0),
            arn -> catalog.activityExists(arn));
    var count = 2 + random.nextInt(2);
    this.follower = new FeedFollower(new FeedTable(storage), count, random.split(), this::put);
    for (var index = 0; index < count; index++) {
      var fold = new FoldOracle(store);
      workers.add(new Worker(fold, newStep(fold, count, index)));
    }
  }

  /** Runs the round. Errors: {@link AssertionError} with what does not hold. */
  Result run() {
    schedule();
    storage.begin();
    var chaosUntil = clock.nowMillis() + Duration.ofMinutes(30).toMillis();
    while (true) {
      if (clock.nowMillis() > chaosUntil && !isCalm) {
        isCalm = true;
        crashes.disable();
        storage.calmDown();
        // What was left alone because even its end could not be written is tried again.
        crash();
      }
      try {
        if (!turn()) {
          break;
        }
      } catch (SimulatedCrash crash) {
        crash();
      } catch (StorageFault failedCommit) {
        crash(); // the process ends: nothing can be acknowledged
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
    crashes.pause(
        () -> {
          catalog.activities().create(HERE.activity("work").text(), "work", null, Map.of());
          for (var i = 0; i < MACHINES; i++) {
            var program = new ProgramGenerator(random.split(), programs).program();
            var name = "machine" + i;
            create(name, DefinitionWriter.write(program));
            programs.put(name, program);
          }
        });
    var names = List.copyOf(programs.keySet());
    for (var i = 0; i < EXECUTIONS; i++) {
      var name = names.get(random.nextInt(names.size()));
      schedule(name, programs.getOrDefault(name, List.of()), "run" + i);
    }
    for (var i = 0; i < CHANGES; i++) {
      var arn = HERE.stateMachine(names.get(random.nextInt(names.size()))).text();
      var role = HERE.role("changed" + i);
      agenda.add(
          clock.nowMillis() + random.nextInt(600_000),
          Agenda.Place.OUTSIDE,
          () ->
              catalog
                  .stateMachines()
                  .update(
                      new StateMachines.Update(arn, null, null, role, null, null, null, true, "")));
    }
  }

  private void create(String name, String definition) {
    catalog
        .stateMachines()
        .create(
            new StateMachines.NewStateMachine(
                HERE.stateMachine(name).text(),
                name,
                StateMachineType.STANDARD,
                definition,
                new DefinitionCompiler().compileStored(definition, StateMachineType.STANDARD),
                HERE.role("simulation"),
                Settings.DEFAULT,
                false,
                "",
                Map.of()));
  }

  private void schedule(String machineName, List<Step> program, String name) {
    var v = random.nextInt(10);
    var machine = catalog.find(HERE.stateMachine(machineName).text(), 0).orElseThrow().machine();
    var executionArn = HERE.stateMachine(machineName).execution(name);
    var arn = executionArn.text();
    var input = Payload.ofTrustedText("{\"v\":" + v + "}");
    var stopped = random.nextInt(6) == 0;
    var redrives = random.nextInt(4);
    var expired = random.nextInt(3) == 0;
    expected.put(arn, new Expected(Reference.run(program, v), stopped && redrives == 0));
    clients.start(
        StartRequest.ofClient(machine, executionArn, name, input, null, null, null),
        result -> {
          var id = store.find(arn);
          if (stopped) {
            id.ifPresent(known -> clients.stop(known, redrives));
          }
          if (expired) {
            id.ifPresent(known -> expire(arn, known));
          }
        });
  }

  /** Retention looks at an execution some times. */
  private void expire(String arn, long id) {
    for (var times = 0; times < 8; times++) {
      if (fault != Fault.RETENTION_BESIDE_SHARD) {
        clients.expire(arn, id);
        continue;
      }
      agenda.add(
          clock.nowMillis() + random.nextInt(120_000),
          Agenda.Place.OUTSIDE,
          () -> expireBesideShard(arn, id));
    }
  }

  private void expireBesideShard(String arn, long id) {
    var seen = store.summarize(id);
    if (seen.isPresent() && seen.get().status().isClosed()) {
      acknowledgements.expires(arn, id, clock.nowMillis());
      agenda.add(
          clock.nowMillis() + random.nextInt(20_000),
          Agenda.Place.OUTSIDE,
          () -> {
            var batch = storage.newBatch();
            new Expiry(storage, revision -> catalog.revision(revision)).remove(batch, seen.get());
            storage.commit(batch);
          });
    }
  }

  // ── The process ────────────────────────────────────────────────────────────────────────────

  private ShardStep newStep(FoldOracle fold, int count, int index) {
    // A listener that fails hurts nobody, unless that is what is planted.
    DecisionListener listener =
        (execution, events, before) -> {
          if (random.nextInt(30) == 0) {
            throw new IllegalStateException("a listener that throws");
          }
        };
    DecisionProbe probe =
        fault == Fault.UNCONTAINED_LISTENER
            ? decisions -> {
              fold.committed(decisions);
              listener.decided(decisions.getFirst().execution(), List.of(), null);
            }
            : fold;
    return new ShardStep(
        storage,
        catalog,
        decider,
        clock,
        new Effects(),
        new Share(SHARDS, count, index),
        random.nextLong(),
        new Audience(listener, probe, follower));
  }

  private EffectDispatcher newDispatcher() {
    return new EffectDispatcher(
        this::put,
        catalog,
        new Connectors(List.of(connector)),
        new ActivityTasks(this::put, null),
        Mocks.NONE,
        Workload.UNCOUNTED,
        callsMax,
        Runnable::run);
  }

  /** What leaves a step: to the dispatcher, and to workers of activities. */
  private final class Effects implements EffectSink {
    @Override
    public void perform(Effect effect) {
      crashes.pass("in the middle of a release");
      switch (effect) {
        case Effect.OfferActivityTask offer -> clients.offer(offer);
        case Effect.InvokeTask invoke when fault == Fault.UNCONTAINED_CONNECTOR ->
            callUncontained(invoke);
        case Effect.InvokeTask invoke -> {
          connector.expect(invoke);
          dispatcher.perform(invoke);
        }
        case Effect other -> dispatcher.perform(other);
      }
    }

    @Override
    public void over(TaskRef task) {
      dispatcher.over(task);
    }
  }

  private void callUncontained(Effect.InvokeTask invoke) {
    var task = invoke.task();
    connector
        .invoke(
            new ConnectorRequest(
                invoke.resource().arn(),
                "",
                "",
                IntegrationPattern.REQUEST_RESPONSE,
                invoke.parameters(),
                Optional.empty(),
                Optional.empty(),
                HERE,
                ""))
        .thenAccept(
            outcome ->
                put(
                    new Message.ForExecution(
                        task.executionId(),
                        new Command.AnswerTask(
                            task.scopeId(), task.stamp(), HostileConnector.told(outcome)),
                        reply -> {},
                        null)));
  }

  private void put(Message message) {
    var worker = ShardStep.workerOf(message, SHARDS, workers.size());
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
    if (worker.recovering) {
      worker.recovering = worker.step.recoverSome();
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
    if (random.nextInt(10) == 0) {
      follower.readSome();
    }
    for (var other : workers) {
      if (!other.inbox.isEmpty()
          || other.recovering
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
    var index = new ExecutionIndex(storage, store);
    index.running((execution, count) -> all[0] = false);
    if (all[0]) { // children of map runs are in no list by status
      index.all(id -> all[0] &= store.summarize(id).orElseThrow().status().isClosed());
    }
    return all[0];
  }

  /** Fires a timer that was due before once more, as a confused host might. */
  private void repeatATimer() {
    new DueTimers(storage)
        .visit(
            DueTimers.Place.at(0),
            clock.nowMillis() + 60_000,
            Integer.MAX_VALUE,
            (id, timer) -> {
              timersSeen.add(new Seen(id, timer));
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
    if (random.nextInt(6) == 0) {
      clock.setBack(Duration.ofMillis(random.nextInt(5_000)));
    } else {
      clock.advance(Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(30_000)));
    }
    connector.crashed();
    catalog = new Catalog(storage, clock::nowMillis);
    dispatcher = newDispatcher();
    follower.crashed();
    for (var index = 0; index < workers.size(); index++) {
      var worker = workers.get(index);
      worker.inbox.clear();
      worker.step = newStep(worker.fold, workers.size(), index);
      worker.step.beginRecovery();
      worker.recovering = true;
    }
  }

  // ── The checks ─────────────────────────────────────────────────────────────────────────────

  private Result check() {
    acknowledgements.check();
    Leftovers.check(storage, store);
    follower.check(new ExecutionIndex(storage, store), store);
    expected.forEach(this::checkOutput);
    var executions = new int[1];
    var events = new long[1];
    new ExecutionIndex(storage, store)
        .all(
            id -> {
              executions[0]++;
              events[0] += Histories.check(store, id);
            });
    return new Result(executions[0], events[0], crashCount);
  }

  private void checkOutput(String arn, Expected result) {
    var id = store.find(arn);
    if (id.isEmpty() && acknowledgements.mayBeGone(arn)) {
      return;
    }
    if (id.isEmpty()) {
      throw new Violation("Expected " + arn + " to have been started");
    }
    var execution = store.describe(id.getAsLong()).orElseThrow();
    if (result.stopped() && execution.status() == ExecutionStatus.ABORTED) {
      return;
    }
    if (putsFail && execution.status().isClosed()) {
      return; // it, or a child of it, may have failed by what was planted
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
