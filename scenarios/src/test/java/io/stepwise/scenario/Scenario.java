package io.stepwise.scenario;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.asl.model.TaskResource;
import io.stepwise.engine.Decider;
import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.Limits;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.Connectors;
import io.stepwise.integration.Mocks;
import io.stepwise.runtime.dispatch.ActivityTasks;
import io.stepwise.runtime.dispatch.EffectDispatcher;
import io.stepwise.runtime.feed.FeedSink;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.Message;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.runtime.port.StartResult;
import io.stepwise.runtime.port.SyncResult;
import io.stepwise.runtime.step.Audience;
import io.stepwise.runtime.step.ShardStep;
import io.stepwise.runtime.step.Share;
import io.stepwise.runtime.time.Workload;
import io.stepwise.storage.InMemoryStorage;
import io.stepwise.storage.execution.DueTimers;
import io.stepwise.storage.execution.ExecutionIndex;
import io.stepwise.storage.execution.ExecutionReader;
import io.stepwise.storage.execution.Expiry;
import io.stepwise.storage.execution.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One state machine, driven step by step in one thread on virtual time.
 *
 * <pre>
 * var scenario = Scenario.of(definition).start("{}");
 * scenario.succeed("Charge", "{\"paid\":true}");
 * scenario.advance(Duration.ofDays(1));
 * scenario.history();                     // 1&lt;-0 ExecutionStarted, 2&lt;-0 TaskStateEntered{Charge} …
 * </pre>
 *
 * The shard step, the decider and the storage are the real ones. After every commit the stored
 * executions are compared with the fold of their events.
 */
public final class Scenario implements DecisionScenario {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryStorage storage;
  private final TestDirectory directory;
  private final Limits limits;
  private final long seed;
  private final VirtualClock clock = new VirtualClock(START);
  private final ExecutionReader store;
  private final FoldOracle fold;
  private Timer.@Nullable Kind pausedAt;
  private final Mocks mocks;
  private EffectDispatcher natives;
  private final Connectors connectors;
  private final StateMachineRevision machine;
  private final @Nullable String testCase;
  private final ArrayDeque<Message> inbox = new ArrayDeque<>();
  private final Map<TaskRef, OpenTask> tasks = new LinkedHashMap<>();
  private final Map<TaskRef, String> offers = new LinkedHashMap<>();
  private ShardStep step;
  private String executionArn = "";
  private int started;

  private Scenario(Builder builder) {
    storage = builder.storage;
    directory = builder.directory;
    limits = builder.limits;
    seed = builder.seed;
    pausedAt = builder.pausedAt;
    store = new ExecutionReader(storage, directory::revision);
    fold = new FoldOracle(store);
    mocks = builder.mocks;
    connectors = new Connectors(builder.connectors);
    natives = newDispatcher();
    testCase = builder.testCase;
    machine = directory.register("machine", builder.definition, builder.type);
    step = newStep();
  }

  /** A scenario of a Standard state machine, with AWS's limits. */
  public static Scenario of(String definition) {
    return with(definition).build();
  }

  /** A scenario with settings of its own. */
  public static Builder with(String definition) {
    return new Builder(definition);
  }

  /** What a scenario can be given. */
  public static final class Builder {
    private final String definition;
    private final TestDirectory directory = new TestDirectory();
    private StateMachineType type = StateMachineType.STANDARD;
    private InMemoryStorage storage = new InMemoryStorage();
    private Limits limits = Limits.AWS;
    private long seed = 1;
    private Timer.@Nullable Kind pausedAt;
    private Mocks mocks = Mocks.NONE;
    private List<Connector> connectors = List.of();
    private @Nullable String testCase;

    private Builder(String definition) {
      this.definition = definition;
    }

    /** As an Express state machine; use {@link Scenario#runExpress}. */
    public Builder express() {
      return type(StateMachineType.EXPRESS);
    }

    /** As a state machine of that type. */
    public Builder type(StateMachineType other) {
      type = other;
      return this;
    }

    /** On a storage of the caller's. */
    public Builder on(InMemoryStorage storage) {
      this.storage = storage;
      return this;
    }

    /** With other limits. */
    public Builder limits(UnaryOperator<Limits> change) {
      limits = change.apply(limits);
      return this;
    }

    /** With another seed for random numbers. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Stops the clockwork where a timer of that kind is next, until {@link Scenario#goOn}. */
    public Builder pausedAt(Timer.Kind kind) {
      pausedAt = kind;
      return this;
    }

    /** With one more state machine, which may be started from this one. */
    public Builder machine(String name, String definition) {
      directory.register(name, definition, StateMachineType.STANDARD);
      return this;
    }

    /** With an activity {@code arn:aws:states:us-east-1:123456789012:activity:<name>}. */
    public Builder activity(String name) {
      directory.addActivity(name);
      return this;
    }

    /** With a connector that does the work of what it supports; it is called at once. */
    public Builder connector(Connector connector) {
      connectors = List.of(connector);
      return this;
    }

    /** With tasks answered as a test case says; a state that it leaves out is not supported. */
    public Builder mocks(Mocks mocks, String testCase) {
      this.mocks = mocks;
      this.testCase = testCase;
      return this;
    }

    /** The scenario. */
    public Scenario build() {
      return new Scenario(this);
    }
  }

  // ── Acting ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public Scenario start(String input) {
    var name = "run" + ++started;
    executionArn = machine.stateMachineArn().execution(name).text();
    var result = startAs(name, input);
    if (!(result instanceof StartResult.Started)) {
      throw new AssertionError("Expected a start, but: " + result);
    }
    return this;
  }

  /** Starts an execution of that name and tells the answer. */
  public @Nullable StartResult startAs(String name, String input) {
    var arn = machine.stateMachineArn().execution(name);
    var result = new AtomicReference<@Nullable StartResult>();
    var request =
        StartRequest.ofClient(
            machine, arn, name, Payload.ofTrustedText(input), null, null, null, testCase);
    take(new Message.Start(request, result::set));
    return result.get();
  }

  @Override
  public Optional<End> runExpress(String input) {
    var name = "run" + ++started;
    var arn = machine.stateMachineArn().expressExecution(name, "1");
    var result = new AtomicReference<@Nullable SyncResult>();
    var request =
        StartRequest.ofClient(machine, arn, name, Payload.ofTrustedText(input), null, null, null);
    take(new Message.StartSync(request, result::set));
    return Optional.ofNullable(result.get()).map(end -> new End(end.status(), end.output()));
  }

  @Override
  public Scenario advance(Duration by) {
    var until = clock.nowMillis() + by.toMillis();
    for (var due = nextDueMillis(); due <= until; due = nextDueMillis()) {
      fireAt(due);
    }
    clock.advanceTo(until);
    return this;
  }

  @Override
  public Duration skip() {
    var before = clock.nowMillis();
    var due = nextDueMillis();
    if (due == Long.MAX_VALUE) {
      throw new AssertionError("Expected something to be due");
    }
    fireAt(due);
    return Duration.ofMillis(clock.nowMillis() - before);
  }

  @Override
  public Scenario succeed(String state, String output) {
    DecisionScenario.super.succeed(state, output);
    return this;
  }

  @Override
  public Scenario fail(String state, @Nullable String error, @Nullable String cause) {
    DecisionScenario.super.fail(state, error, cause);
    return this;
  }

  @Override
  public Scenario answer(TaskRef task, Outcome outcome) {
    tasks.remove(task);
    send(task.executionId(), new Command.AnswerTask(task.scopeId(), task.stamp(), outcome));
    return this;
  }

  @Override
  public Map<TaskRef, String> offers() {
    return offers;
  }

  @Override
  public Scenario goOn() {
    pausedAt = null;
    return this;
  }

  @Override
  public Scenario restart() {
    inbox.clear();
    offers.clear();
    tasks.values().removeIf(task -> store.load(task.task().executionId()).isEmpty());
    natives = newDispatcher();
    step = newStep();
    step.recover();
    settleDown();
    return this;
  }

  // ── Seeing ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public List<HistoryEvent> events(long id) {
    var events = new ArrayList<HistoryEvent>();
    store.history(id, 1, false, events::add);
    return events;
  }

  @Override
  public Execution execution() {
    return store.load(id()).orElseThrow();
  }

  @Override
  public List<OpenTask> openTasks() {
    tasks.values().removeIf(task -> stateOf(task.task()).isEmpty());
    return List.copyOf(tasks.values());
  }

  @Override
  public List<Execution> others() {
    var others = new ArrayList<Execution>();
    new ExecutionIndex(storage, store)
        .all(
            id -> {
              var execution = store.load(id).orElseThrow();
              if (!execution.header().arn().text().equals(executionArn)) {
                others.add(execution);
              }
            });
    return others;
  }

  @Override
  public Scenario sleep(Duration by) {
    clock.advance(by);
    return this;
  }

  @Override
  public long nowMillis() {
    return clock.nowMillis();
  }

  @Override
  public MapRunSnapshot mapRun(String arn) {
    return store.mapRun(arn).orElseThrow();
  }

  @Override
  public int timers() {
    return rows('t');
  }

  @Override
  public int underWay() {
    return rows('o') + rows('u') + rows('j');
  }

  @Override
  public int scopes() {
    return rows('c');
  }

  @Override
  public int results() {
    return rows('r');
  }

  /** The stored rows of a table, by the first letter of their keys. */
  public int rows(char table) {
    return new StoredRows(storage).count(table);
  }

  /** What is stored. */
  public InMemoryStorage storage() {
    return storage;
  }

  /** The clock. */
  public VirtualClock clock() {
    return clock;
  }

  /** How executions are read. */
  public ExecutionReader store() {
    return store;
  }

  /** ARN of the execution. */
  public String executionArn() {
    return executionArn;
  }

  // ── Machinery ──────────────────────────────────────────────────────────────────────────────

  /** Has retention remove all that is closed. */
  public Scenario expireClosed() {
    var before = clock.nowMillis() + 1;
    var expiry = new Expiry(storage, directory::revision);
    for (var id : expiry.closedBefore(before, 0, Integer.MAX_VALUE - 1).ids()) {
      inbox.add(new Message.Expire(id, before, removed -> {}));
    }
    settleDown();
    return this;
  }

  private EffectDispatcher newDispatcher() {
    return new EffectDispatcher(
        inbox::add,
        directory,
        connectors,
        new ActivityTasks(inbox::add, null),
        mocks,
        Workload.UNCOUNTED,
        EffectDispatcher.CALLS_MAX,
        Runnable::run);
  }

  private ShardStep newStep() {
    return new ShardStep(
        storage,
        directory,
        new Decider(limits, directory::activityExists),
        clock,
        this::perform,
        Share.whole(4),
        seed,
        new Audience(DecisionListener.NONE, fold, FeedSink.NONE));
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.InvokeTask invoke when isSupported(invoke.resource()) -> natives.perform(invoke);
      case Effect.InvokeTask invoke -> {
        var known = tasks.get(invoke.task());
        tasks.put(
            invoke.task(),
            new OpenTask(
                invoke.task(),
                stateOf(invoke.task()).orElseThrow(),
                invoke.resource().arn(),
                invoke.parameters(),
                known == null ? 1 : known.invocations() + 1));
      }
      case Effect.OfferActivityTask(var task, var arn) -> offers.put(task, arn);
      case Effect other -> natives.perform(other);
    }
  }

  private boolean isSupported(TaskResource resource) {
    return resource instanceof TaskResource.ServiceIntegration integration
        && connectors.find(integration.service(), integration.action()).isPresent();
  }

  private Optional<String> stateOf(TaskRef task) {
    var stored = store.load(task.executionId());
    if (stored.isEmpty()) {
      return Optional.of("Express");
    }
    return stored
        .map(execution -> execution.findScope(task.scopeId()))
        .map(scope -> scope.active())
        .filter(active -> active.attempt() != null && active.attempt().stamp() == task.stamp())
        .map(active -> active.name());
  }

  @Override
  public @Nullable Reply send(long id, Command command) {
    var reply = new AtomicReference<@Nullable Reply>();
    take(new Message.ForExecution(id, command, reply::set, null));
    return reply.get();
  }

  private void take(Message message) {
    inbox.add(message);
    settleDown();
  }

  private void fireAt(long dueMillis) {
    clock.advanceTo(dueMillis);
    step.fireTimers();
    settleDown();
  }

  /** Works until nothing is left to do at this moment. */
  private void settleDown() {
    while (true) {
      for (var message = inbox.poll(); message != null; message = inbox.poll()) {
        step.process(message);
      }
      if (step.hasWork()) {
        step.commit();
        step.release();
      } else if (nextDueMillis() <= clock.nowMillis()) {
        step.fireTimers();
        if (!step.hasWork() && inbox.isEmpty() && nextDueMillis() <= clock.nowMillis()) {
          throw new AssertionError("Expected no timer that is due and does nothing");
        }
      } else if (inbox.isEmpty()) {
        return;
      }
    }
  }

  private long nextDueMillis() {
    var due = new long[] {step.nextDueMillis()};
    new DueTimers(storage)
        .visit(
            DueTimers.Place.at(0),
            Long.MAX_VALUE,
            1,
            (id, timer) -> {
              due[0] =
                  timer.kind() == pausedAt ? Long.MAX_VALUE : Math.min(due[0], timer.dueMillis());
              return false;
            });
    return due[0];
  }

  private long id() {
    return store.find(executionArn).orElseThrow();
  }
}
