package io.stepwise.engine;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.AwsLocation;
import io.stepwise.aws.ExecutionArn;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.event.Event;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Changes.Pending;
import io.stepwise.engine.execution.Evolver;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionHeader;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.ParentLink;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.Timer;
import io.stepwise.expression.Moment;
import io.stepwise.expression.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario on the decider alone: executions are kept as the events that were decided, and a
 * restart folds them anew.
 */
final class PureScenario implements DecisionScenario {
  private static final AwsLocation HERE = AwsLocation.of("us-east-1", "123456789012");
  private static final long FIRST_ID = 1 << 20;

  private final Decider decider;
  private final SplittableRandom seeds;
  private final StateMachineRevision machine;
  private final Map<Long, Kept> kept = new LinkedHashMap<>();
  private final ArrayDeque<Asked> inbox = new ArrayDeque<>();
  private final Map<TaskRef, OpenTask> tasks = new LinkedHashMap<>();
  private final Map<TaskRef, String> offers = new LinkedHashMap<>();
  private final Map<String, MapRunSnapshot> mapRuns = new LinkedHashMap<>();
  private Timer.@Nullable Kind pausedAt;
  private long nowMillis = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private long current;
  private int started;

  /** An execution: what was decided, and what that makes of it. */
  private static final class Kept {
    private final List<Event> events = new ArrayList<>();
    private final Set<Pending> underWay = new LinkedHashSet<>();
    private Execution execution;

    private Kept(ExecutionHeader header) {
      execution = new Execution(header);
    }

    private boolean isStandard() {
      return !execution.header().isExpress();
    }
  }

  private record Asked(long executionId, Command command) {}

  private record Due(Kept of, Timer timer) {}

  PureScenario(Setting setting) {
    var activities = setting.activities();
    decider =
        new Decider(
            setting.limits(),
            arn -> activities.stream().anyMatch(name -> HERE.activity(name).text().equals(arn)));
    seeds = new SplittableRandom(setting.seed());
    pausedAt = setting.pausedAt();
    var compiled = new DefinitionCompiler().compileStored(setting.definition(), setting.type());
    machine =
        new StateMachineRevision(
            0,
            HERE.stateMachine("machine"),
            "machine",
            setting.type(),
            HERE.role("test"),
            "",
            compiled
                .definition()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "Expected a valid definition, but: " + compiled.diagnostics())));
  }

  // ── Acting ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public DecisionScenario start(String input) {
    var name = "run" + ++started;
    current = begin(machine.stateMachineArn().execution(name), name, input, false);
    settleDown();
    return this;
  }

  @Override
  public Optional<End> runExpress(String input) {
    var name = "run" + ++started;
    current = begin(machine.stateMachineArn().expressExecution(name, "1"), name, input, true);
    settleDown();
    var execution = execution();
    return execution.status().isClosed()
        ? Optional.of(new End(execution.status(), execution.output()))
        : Optional.empty();
  }

  private long begin(ExecutionArn arn, String name, String input, boolean synchronous) {
    return begin(
        new ExecutionHeader(
            nextId(),
            arn,
            name,
            machine,
            0,
            "",
            Payload.ofTrustedText(input),
            nowMillis,
            null,
            null,
            null,
            null,
            null,
            synchronous));
  }

  private long begin(ExecutionHeader header) {
    kept.put(header.id(), new Kept(header));
    inbox.add(new Asked(header.id(), new Command.StartExecution(header)));
    return header.id();
  }

  private long nextId() {
    return FIRST_ID + kept.size();
  }

  @Override
  public DecisionScenario advance(Duration by) {
    var until = nowMillis + by.toMillis();
    for (var due = nextDue(); due.isPresent(); due = nextDue()) {
      if (due.get().timer().dueMillis() > until) {
        break;
      }
      fireAt(due.get().timer().dueMillis());
    }
    nowMillis = Math.max(nowMillis, until);
    return this;
  }

  @Override
  public DecisionScenario sleep(Duration by) {
    nowMillis += by.toMillis();
    return this;
  }

  @Override
  public Duration skip() {
    var before = nowMillis;
    fireAt(
        nextDue()
            .orElseThrow(() -> new AssertionError("Expected something to be due"))
            .timer()
            .dueMillis());
    return Duration.ofMillis(nowMillis - before);
  }

  private void fireAt(long dueMillis) {
    nowMillis = Math.max(nowMillis, dueMillis);
    settleDown();
  }

  @Override
  public DecisionScenario answer(TaskRef task, Outcome outcome) {
    tasks.remove(task);
    send(task.executionId(), new Command.AnswerTask(task.scopeId(), task.stamp(), outcome));
    return this;
  }

  @Override
  public Map<TaskRef, String> offers() {
    return offers;
  }

  @Override
  public Reply send(long id, Command command) {
    var reply = decide(of(id), command);
    settleDown();
    return reply;
  }

  @Override
  public DecisionScenario goOn() {
    pausedAt = null;
    return this;
  }

  @Override
  public DecisionScenario restart() {
    inbox.clear();
    offers.clear();
    kept.values().removeIf(one -> !one.isStandard());
    tasks.values().removeIf(task -> !kept.containsKey(task.task().executionId()));
    for (var one : kept.values()) {
      one.execution = new Execution(one.execution.header());
      one.events.forEach(event -> Evolver.apply(one.execution, event));
      one.execution.drainChanges();
    }
    for (var one : List.copyOf(kept.values())) {
      for (var pending : List.copyOf(one.underWay)) {
        decider.repeat(one.execution, pending).ifPresent(this::perform);
      }
    }
    settleDown();
    return this;
  }

  // ── Seeing ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public List<HistoryEvent> events(long id) {
    return of(id).events.stream()
        .filter(HistoryEvent.class::isInstance)
        .map(HistoryEvent.class::cast)
        .toList();
  }

  @Override
  public Execution execution() {
    return of(current).execution;
  }

  @Override
  public List<OpenTask> openTasks() {
    tasks.values().removeIf(task -> stateOf(task.task()).isEmpty());
    return List.copyOf(tasks.values());
  }

  @Override
  public List<Execution> others() {
    return kept.values().stream()
        .filter(Kept::isStandard)
        .map(one -> one.execution)
        .filter(execution -> execution.header().id() != current)
        .toList();
  }

  @Override
  public MapRunSnapshot mapRun(String arn) {
    return Objects.requireNonNull(mapRuns.get(arn));
  }

  @Override
  public int timers() {
    return (int) standard().stream().flatMap(one -> timersOf(one).stream()).count();
  }

  @Override
  public int underWay() {
    return standard().stream().mapToInt(one -> one.underWay.size()).sum();
  }

  @Override
  public int scopes() {
    return standard().stream().mapToInt(one -> one.execution.scopes().size()).sum();
  }

  @Override
  public int results() {
    return standard().stream()
        .flatMap(one -> one.execution.scopes().stream())
        .map(scope -> scope.active())
        .filter(active -> active != null && active.fanOut() != null)
        .mapToInt(active -> results(Objects.requireNonNull(active.fanOut())))
        .sum();
  }

  private static int results(FanOut fanOut) {
    return (int)
        IntStream.range(0, fanOut.total()).filter(index -> fanOut.result(index) != null).count();
  }

  private List<Kept> standard() {
    return kept.values().stream().filter(Kept::isStandard).toList();
  }

  /** Everything that was decided of each execution. */
  Map<ExecutionHeader, List<Event>> decided() {
    var decided = new LinkedHashMap<ExecutionHeader, List<Event>>();
    kept.values().forEach(one -> decided.put(one.execution.header(), List.copyOf(one.events)));
    return decided;
  }

  // ── Machinery ──────────────────────────────────────────────────────────────────────────────

  private Kept of(long id) {
    return Objects.requireNonNull(kept.get(id));
  }

  private Reply decide(Kept one, Command command) {
    var moment = new Moment(Instant.ofEpochMilli(nowMillis), seeds.nextLong());
    var decision = decider.decide(one.execution, command, moment);
    one.events.addAll(decision.events());
    var changes = one.execution.drainChanges();
    one.underWay.addAll(changes.pendingAdded());
    one.underWay.removeAll(changes.pendingRemoved());
    changes.mapRuns().forEach(run -> mapRuns.put(run.arn(), run));
    decision.effects().forEach(this::perform);
    return decision.reply();
  }

  /** Works until nothing is left to do at this moment. */
  private void settleDown() {
    while (true) {
      for (var asked = inbox.poll(); asked != null; asked = inbox.poll()) {
        if (kept.containsKey(asked.executionId())) {
          decide(of(asked.executionId()), asked.command());
        }
      }
      var due = nextDue();
      if (due.isEmpty() || due.get().timer().dueMillis() > nowMillis) {
        return;
      }
      decide(due.get().of(), new Command.FireTimer(due.get().timer()));
      if (due.get().of().execution.holds(due.get().timer())) {
        throw new AssertionError("Expected no timer that is due and does nothing");
      }
    }
  }

  /** The timer that is next; none where the clockwork is held back by it. */
  private Optional<Due> nextDue() {
    @Nullable Due next = null;
    for (var one : kept.values()) {
      for (var timer : timersOf(one)) {
        if (next == null || timer.dueMillis() < next.timer().dueMillis()) {
          next = new Due(one, timer);
        }
      }
    }
    return next == null || next.timer().kind() == pausedAt ? Optional.empty() : Optional.of(next);
  }

  private static List<Timer> timersOf(Kept one) {
    var execution = one.execution;
    var timers = new ArrayList<Timer>();
    if (execution.timeout() != null) {
      timers.add(execution.timeout());
    }
    if (execution.continuation() != null) {
      timers.add(execution.continuation());
    }
    for (var scope : execution.scopes()) {
      var active = scope.active();
      if (active != null) {
        timers.addAll(active.timers());
      }
    }
    return timers;
  }

  private void perform(Effect effect) {
    switch (effect) {
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
      case Effect.StartMapRunChild start -> startChild(start);
      case Effect.RedriveMapRunChild(var start) -> redriveChild(start);
      case Effect.NotifyParent notify -> notifyParent(notify);
      case Effect.StopMapRunChild stop -> {
        var arn = childArn(stop.parent(), stop.label(), stop.type(), stop.link());
        child(arn)
            .filter(child -> stop.link().equals(child.execution.parent()))
            .ifPresent(
                child ->
                    inbox.add(
                        new Asked(
                            child.execution.header().id(), new Command.StopExecution(null, null))));
      }
      case Effect.MockTask _,
          Effect.StartNestedExecution _,
          Effect.PollJob _,
          Effect.StopJob _,
          Effect.StopNestedExecution _,
          Effect.StopChild _ ->
          throw new AssertionError("Expected nothing that takes more than the engine: " + effect);
    }
  }

  private Optional<String> stateOf(TaskRef task) {
    var one = kept.get(task.executionId());
    if (one != null && !one.isStandard()) {
      return Optional.of("Express");
    }
    return Optional.ofNullable(one)
        .map(known -> known.execution.findScope(task.scopeId()))
        .map(scope -> scope.active())
        .filter(active -> active.attempt() != null && active.attempt().stamp() == task.stamp())
        .map(active -> active.name());
  }

  private void startChild(Effect.StartMapRunChild start) {
    var arn = childArn(start.parent(), start.label(), start.type(), start.link());
    if (start.type() == StateMachineType.STANDARD && child(arn).isPresent()) {
      return; // started before
    }
    begin(
        new ExecutionHeader(
            nextId(),
            arn,
            nameOf(start.link()),
            start.parent().machine(),
            start.graphIndex(),
            start.label(),
            start.input(),
            nowMillis,
            null,
            null,
            null,
            start.link(),
            null,
            false));
  }

  private void redriveChild(Effect.StartMapRunChild start) {
    var child = child(childArn(start.parent(), start.label(), start.type(), start.link()));
    if (start.type() == StateMachineType.EXPRESS || child.isEmpty()) {
      startChild(start);
    } else {
      inbox.add(
          new Asked(
              child.get().execution.header().id(), new Command.RedriveChild(start.link().round())));
    }
  }

  private void notifyParent(Effect.NotifyParent notify) {
    var link = notify.link();
    var outcome =
        notify.status() == ExecutionStatus.SUCCEEDED && notify.output() != null
            ? new Outcome.Success(notify.output())
            : new Outcome.Failure(notify.error(), notify.cause(), notify.status());
    var task = link.task();
    var index = ((ParentLink.MapRunChild) link).index();
    inbox.add(
        new Asked(
            task.executionId(),
            new Command.SettleChild(task.scopeId(), task.stamp(), index, link.round(), outcome)));
  }

  private Optional<Kept> child(ExecutionArn arn) {
    return kept.values().stream()
        .filter(one -> one.execution.header().arn().equals(arn))
        .findFirst();
  }

  private static ExecutionArn childArn(
      ExecutionHeader parent, String label, StateMachineType type, ParentLink.MapRunChild link) {
    return parent
        .machine()
        .stateMachineArn()
        .child(label, nameOf(link), type == StateMachineType.EXPRESS);
  }

  /** A name that is the same whenever the same attempt and item ask for one. */
  private static String nameOf(ParentLink.MapRunChild link) {
    var seed = link.task() + " " + link.index();
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
