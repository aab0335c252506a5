package io.stepwise.engine;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.MapRunSnapshot;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.engine.execution.TaskRef;
import io.stepwise.engine.execution.TaskToken;
import io.stepwise.engine.execution.Timer;
import io.stepwise.engine.history.HistoryLines;
import io.stepwise.expression.Payload;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One state machine, driven decision by decision on virtual time.
 *
 * <pre>
 * var scenario = DecisionScenario.of(definition).start("{}");
 * scenario.succeed("Charge", "{\"paid\":true}");
 * scenario.advance(Duration.ofDays(1));
 * scenario.history();                     // 1&lt;-0 ExecutionStarted, 2&lt;-0 TaskStateEntered{Charge} …
 * </pre>
 *
 * <p>It is played on a {@link Stage}: here {@link PureScenario}, the decider and nothing else;
 * where there is a shard step and a store, on these.
 */
public interface DecisionScenario {
  /** Where scenarios are played. */
  interface Stage {
    /** Sets a scenario up. */
    DecisionScenario play(Setting setting);
  }

  /** What a scenario is given. */
  record Setting(
      String definition,
      StateMachineType type,
      Limits limits,
      long seed,
      Timer.@Nullable Kind pausedAt,
      Set<String> activities) {}

  /**
   * A task that waits for its outcome; asked for more than once only after a restart.
   *
   * @param state the Task state; {@code Express} for any of an Express execution
   */
  record OpenTask(
      TaskRef task, String state, String resourceArn, Payload parameters, int invocations) {}

  /** A scenario of a Standard state machine, with AWS's limits. */
  static DecisionScenario of(String definition) {
    return with(definition).build();
  }

  /** A scenario with settings of its own. */
  static Builder with(String definition) {
    return new Builder(definition);
  }

  /** What a scenario can be given. */
  final class Builder {
    private final String definition;
    private final Set<String> activities = new LinkedHashSet<>();
    private StateMachineType type = StateMachineType.STANDARD;
    private Limits limits = Limits.AWS;
    private long seed = 1;
    private Timer.@Nullable Kind pausedAt;

    private Builder(String definition) {
      this.definition = definition;
    }

    /** As an Express state machine; use {@link DecisionScenario#runExpress}. */
    public Builder express() {
      type = StateMachineType.EXPRESS;
      return this;
    }

    /** With other limits. */
    public Builder limits(UnaryOperator<Limits> change) {
      limits = change.apply(limits);
      return this;
    }

    /** With another seed for random numbers. */
    public Builder seed(long other) {
      seed = other;
      return this;
    }

    /** Stops the clockwork where a timer of that kind is next, until {@link #goOn}. */
    public Builder pausedAt(Timer.Kind kind) {
      pausedAt = kind;
      return this;
    }

    /** With an activity {@code arn:aws:states:us-east-1:123456789012:activity:<name>}. */
    public Builder activity(String name) {
      activities.add(name);
      return this;
    }

    /** The scenario. */
    public DecisionScenario build() {
      return ServiceLoader.load(Stage.class)
          .findFirst()
          .orElse(PureScenario::new)
          .play(new Setting(definition, type, limits, seed, pausedAt, Set.copyOf(activities)));
    }
  }

  // ── Acting ─────────────────────────────────────────────────────────────────────────────────

  /** Starts an execution; the one that {@link #history()} and others are about from now on. */
  DecisionScenario start(String input);

  /** Runs an Express execution until it ends or waits for a task; empty where it waits. */
  Optional<End> runExpress(String input);

  /** How an Express execution ended. */
  record End(ExecutionStatus status, @Nullable Payload output) {}

  /** Lets time pass; everything due meanwhile happens at its moment. */
  DecisionScenario advance(Duration by);

  /** Lets time pass while nothing runs: what is due meanwhile is late. */
  DecisionScenario sleep(Duration by);

  /** Skips to the next moment at which something is due; returns how long that took. */
  Duration skip();

  /** The connector did the work of the oldest task of that state, or started its job. */
  default DecisionScenario succeed(String state, String output) {
    return answer(task(state), output);
  }

  /** The connector failed at the oldest task of that state. */
  default DecisionScenario fail(String state, @Nullable String error, @Nullable String cause) {
    return answer(task(state).task(), new Outcome.Failure(error, cause));
  }

  /** The connector did the work of a task, or started its job. */
  default DecisionScenario answer(OpenTask task, String output) {
    return answer(task.task(), new Outcome.Success(Payload.ofTrustedText(output)));
  }

  /** A connector tells what came of a task. */
  DecisionScenario answer(TaskRef task, Outcome outcome);

  /** Sends SendTaskSuccess. */
  default @Nullable Reply succeedToken(String token, String output) {
    return settle(token, new Outcome.Success(Payload.ofTrustedText(output)));
  }

  /** Sends SendTaskFailure. */
  default @Nullable Reply failToken(String token, @Nullable String error, @Nullable String cause) {
    return settle(token, new Outcome.Failure(error, cause));
  }

  private @Nullable Reply settle(String token, Outcome outcome) {
    var task = TaskToken.parse(token).orElseThrow();
    return send(task.executionId(), new Command.SettleTask(task.scopeId(), task.stamp(), outcome));
  }

  /** Sends SendTaskHeartbeat. */
  default @Nullable Reply heartbeat(String token) {
    var task = TaskToken.parse(token).orElseThrow();
    return send(task.executionId(), new Command.HeartbeatTask(task.scopeId(), task.stamp()));
  }

  /** Tasks that are offered to the workers of activities, with the activity's ARN; to be taken. */
  Map<TaskRef, String> offers();

  /** A worker takes the oldest offered task of an activity; empty where there is none. */
  default Optional<Reply.ActivityTask> takeActivity(String activity, @Nullable String worker) {
    for (var offer : List.copyOf(offers().entrySet())) {
      if (offer.getValue().endsWith(":activity:" + activity)) {
        var task = offer.getKey();
        offers().remove(task);
        var reply =
            send(
                task.executionId(),
                new Command.TakeActivityTask(task.scopeId(), task.stamp(), worker));
        if (reply instanceof Reply.ActivityTask taken) {
          return Optional.of(taken);
        }
      }
    }
    return Optional.empty();
  }

  /** Sends StopExecution. */
  default @Nullable Reply stop(@Nullable String error, @Nullable String cause) {
    return send(new Command.StopExecution(error, cause));
  }

  /** Sends any command to the execution. */
  default @Nullable Reply send(Command command) {
    return send(execution().header().id(), command);
  }

  /** Sends any command to any execution. */
  @Nullable Reply send(long id, Command command);

  /** Fires timers again that {@link Builder#pausedAt} held back. */
  DecisionScenario goOn();

  /** Ends the process and starts another with what is kept of the executions. */
  DecisionScenario restart();

  // ── Seeing ─────────────────────────────────────────────────────────────────────────────────

  /** Now. Units: milliseconds since 1970. */
  long nowMillis();

  /** The history of the execution as lines; see {@link HistoryLines}. */
  default List<String> history() {
    return events().stream().map(HistoryLines::of).toList();
  }

  /** The history of the execution. */
  default List<HistoryEvent> events() {
    return events(execution().header().id());
  }

  /** The history of any execution. */
  List<HistoryEvent> events(long id);

  /** One event of the history. */
  default HistoryEvent event(int id) {
    return events().get(id - 1);
  }

  /** The execution as it is kept. */
  Execution execution();

  /** Its status. */
  default ExecutionStatus status() {
    return execution().status();
  }

  /** Its output. */
  default String output() {
    var output = execution().output();
    if (output == null) {
      throw new AssertionError("Expected an output, but: " + history());
    }
    return output.text();
  }

  /** All tasks that wait for their outcome, oldest first. */
  List<OpenTask> openTasks();

  /** The oldest task of a state that waits for its outcome. */
  default OpenTask task(String state) {
    return openTasks().stream()
        .filter(task -> task.state().equals(state))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("Expected a task of " + state + ", but: " + openTasks()));
  }

  /** All Standard executions other than the one this is about: the children of its map runs. */
  List<Execution> others();

  /** A map run as it is now. */
  MapRunSnapshot mapRun(String arn);

  /** Timers set, of all Standard executions. */
  int timers();

  /** What is under way outside, of all Standard executions, and must be repeated by a restart. */
  int underWay();

  /** Scopes that are kept, of all Standard executions. */
  int scopes();

  /** Results of branches and iterations that are kept, of all Standard executions. */
  int results();
}
