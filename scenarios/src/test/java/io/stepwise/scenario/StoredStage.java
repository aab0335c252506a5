package io.stepwise.scenario;

import io.stepwise.engine.DecisionScenario;
import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.event.HistoryEvent;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.MapRunSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the engine's scenarios on the real shard step and a store, through {@link Scenario}. */
public final class StoredStage implements DecisionScenario.Stage {
  @Override
  public DecisionScenario play(DecisionScenario.Setting setting) {
    var builder =
        Scenario.with(setting.definition())
            .type(setting.type())
            .limits(limits -> setting.limits())
            .seed(setting.seed());
    setting.activities().forEach(builder::activity);
    if (setting.pausedAt() != null) {
      builder.pausedAt(setting.pausedAt());
    }
    return new Stored(builder.build());
  }

  private record Stored(Scenario scenario) implements DecisionScenario {
    @Override
    public DecisionScenario start(String input) {
      scenario.start(input);
      return this;
    }

    @Override
    public Optional<End> runExpress(String input) {
      return scenario.runExpress(input).map(result -> new End(result.status(), result.output()));
    }

    @Override
    public DecisionScenario advance(Duration by) {
      scenario.advance(by);
      return this;
    }

    @Override
    public DecisionScenario sleep(Duration by) {
      scenario.clock().advance(by);
      return this;
    }

    @Override
    public Duration skip() {
      return scenario.skip();
    }

    @Override
    public DecisionScenario succeed(String state, String output) {
      scenario.succeed(state, output);
      return this;
    }

    @Override
    public DecisionScenario fail(String state, @Nullable String error, @Nullable String cause) {
      scenario.fail(state, error, cause);
      return this;
    }

    @Override
    public DecisionScenario answer(OpenTask task, String output) {
      scenario.answer(task.task(), output);
      return this;
    }

    @Override
    public @Nullable Reply succeedToken(String token, String output) {
      return scenario.succeedToken(token, output);
    }

    @Override
    public @Nullable Reply failToken(String token, @Nullable String error, @Nullable String cause) {
      return scenario.failToken(token, error, cause);
    }

    @Override
    public @Nullable Reply heartbeat(String token) {
      return scenario.heartbeat(token);
    }

    @Override
    public Optional<Reply.ActivityTask> takeActivity(String activity, @Nullable String worker) {
      return scenario.takeActivity(activity, worker);
    }

    @Override
    public @Nullable Reply send(Command command) {
      return scenario.send(command);
    }

    @Override
    public DecisionScenario goOn() {
      scenario.goOn();
      return this;
    }

    @Override
    public DecisionScenario restart() {
      scenario.restart();
      return this;
    }

    @Override
    public long nowMillis() {
      return scenario.clock().nowMillis();
    }

    @Override
    public List<HistoryEvent> events() {
      return scenario.events();
    }

    @Override
    public List<HistoryEvent> events(long id) {
      return scenario.events(id);
    }

    @Override
    public Execution execution() {
      return scenario.execution();
    }

    @Override
    public List<OpenTask> openTasks() {
      return scenario.openTasks().stream()
          .map(
              task ->
                  new OpenTask(
                      task.task(),
                      task.state(),
                      task.resourceArn(),
                      task.parameters(),
                      task.invocations()))
          .toList();
    }

    @Override
    public List<Execution> others() {
      return scenario.others();
    }

    @Override
    public MapRunSnapshot mapRun(String arn) {
      return scenario.store().mapRun(arn).orElseThrow();
    }

    @Override
    public int timers() {
      return scenario.rows('t');
    }

    @Override
    public int underWay() {
      return scenario.rows('o') + scenario.rows('u');
    }

    @Override
    public int scopes() {
      return scenario.rows('c');
    }

    @Override
    public int results() {
      return scenario.rows('r');
    }
  }
}
