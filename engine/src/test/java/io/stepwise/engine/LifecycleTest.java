package io.stepwise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.Evolver;
import io.stepwise.engine.execution.Execution;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.FanOut;
import io.stepwise.engine.execution.Lifecycle;
import io.stepwise.engine.execution.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lives of executions, attempts and map runs: as they are drawn, and all of them lived. */
class LifecycleTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "lifecycles.md");
  private static final List<Lifecycle<?>> LIVES =
      List.of(Lifecycle.EXECUTION, Lifecycle.TASK_ATTEMPT, Lifecycle.MAP_RUN);

  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";
  private static final String TOKEN = "arn:aws:states:::lambda:invoke.waitForTaskToken";

  private final Set<String> taken = new HashSet<>();

  @Test
  void picturesAreThoseOfTheCode() throws IOException {
    var generated = document();
    if (Boolean.getBoolean("stepwise.regenerate")) {
      Files.writeString(DOCUMENT, generated);
    }

    assertThat(DOCUMENT)
        .as(
            "docs/lifecycles.md is out of date. Write it anew with: mvn -pl engine -am test"
                + " -Dtest=LifecycleTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dstepwise.regenerate=true")
        .content()
        .isEqualTo(generated);
  }

  @Test
  void everyStepIsTakenByAScenario() {
    task(FUNCTION, scenario -> scenario.succeed("T", "1"));
    task(FUNCTION, LifecycleTest::failAndRedrive);
    task(ACTIVITY, LifecycleTest::takeAndStop);
    task(TOKEN, LifecycleTest::acceptAndStop);
    task(FUNCTION, LifecycleTest::stopAndRedrive);
    task(FUNCTION, scenario -> scenario.advance(Duration.ofSeconds(2)).send(redrive()));
    mapRun("", scenario -> scenario.succeed("T", "1"));
    mapRun("", LifecycleTest::failAndRedrive);
    mapRun(
        "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],",
        scenario -> scenario.fail("T", "E", null));

    for (var life : LIVES) {
      assertThat(life.steps().stream().map(step -> described(life, step.from(), step.to())))
          .as("steps of %s that no scenario takes are missing", life.name())
          .allSatisfy(step -> assertThat(taken).contains(step));
    }
  }

  @Test
  void takesNoStepThatIsNotThere() {
    assertThatThrownBy(
            () -> Lifecycle.EXECUTION.next(ExecutionStatus.SUCCEEDED, ExecutionStatus.RUNNING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Expected no step from SUCCEEDED to RUNNING: Execution");
  }

  private static void failAndRedrive(DecisionScenario scenario) {
    scenario.fail("T", "E", null);
    scenario.send(redrive());
    scenario.succeed("T", "1");
  }

  private static void stopAndRedrive(DecisionScenario scenario) {
    scenario.stop(null, null);
    scenario.send(redrive());
  }

  private static void takeAndStop(DecisionScenario scenario) {
    var task = scenario.offers().keySet().iterator().next();
    scenario.send(
        task.executionId(), new Command.TakeActivityTask(task.scopeId(), task.stamp(), "w"));
    scenario.stop(null, null);
  }

  private static void acceptAndStop(DecisionScenario scenario) {
    scenario.succeed("T", "{}");
    scenario.stop(null, null);
  }

  private static Command redrive() {
    return new Command.RedriveExecution(null);
  }

  private void task(String resource, Consumer<DecisionScenario> life) {
    var parameters =
        resource.equals(TOKEN)
            ? ",\"Parameters\":{\"FunctionName\":\"f\",\"Payload\":{\"t.$\":\"$$.Task.Token\"}}"
            : "";
    live(
        "{\"TimeoutSeconds\":1,\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
            + "\"Resource\":\""
            + resource
            + "\""
            + parameters
            + "}}}",
        life);
  }

  private void mapRun(String fields, Consumer<DecisionScenario> life) {
    live(
        "{\"StartAt\":\"M\",\"States\":{\"C\":{\"Type\":\"Succeed\"},\"M\":{\"Type\":\"Map\","
            + fields
            + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":"
            + "\"STANDARD\"},\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
            + "\"Resource\":\""
            + FUNCTION
            + "\"}}},\"Next\":\"C\"}}}",
        life);
  }

  /** Lives it, then folds what was decided once more, event by event, and notes the steps. */
  private void live(String definition, Consumer<DecisionScenario> life) {
    var scenario =
        new PureScenario(
            new DecisionScenario.Setting(
                definition, StateMachineType.STANDARD, Limits.AWS, 1, null, Set.of("a")));
    life.accept(scenario.start("[1]"));
    scenario
        .decided()
        .forEach(
            (header, events) -> {
              var execution = new Execution(header);
              note(Lifecycle.EXECUTION, null, execution.status());
              for (var event : events) {
                var before = Seen.of(execution);
                Evolver.apply(execution, event);
                note(before, Seen.of(execution));
              }
            });
  }

  /** The states of everything in an execution. */
  private record Seen(
      ExecutionStatus status,
      Map<String, TaskAttempt.Phase> attempts,
      Map<String, FanOut.Phase> mapRuns) {
    static Seen of(Execution execution) {
      var attempts = new HashMap<String, TaskAttempt.Phase>();
      var mapRuns = new HashMap<String, FanOut.Phase>();
      for (var scope : execution.scopes()) {
        var active = scope.active();
        var attempt = active == null ? null : active.attempt();
        if (attempt != null) {
          attempts.put(scope.id() + " " + attempt.stamp(), attempt.phase());
        }
        var fanOut = active == null ? null : active.fanOut();
        if (fanOut != null && fanOut.plan().mapRun() != null) {
          mapRuns.put(
              fanOut.plan().mapRun().arn(),
              fanOut.isSuspended() ? FanOut.Phase.SUSPENDED : FanOut.Phase.UNDER_WAY);
        }
      }
      return new Seen(execution.status(), attempts, mapRuns);
    }
  }

  private void note(Seen before, Seen after) {
    note(Lifecycle.EXECUTION, before.status(), after.status());
    noteAll(Lifecycle.TASK_ATTEMPT, before.attempts(), after.attempts());
    noteAll(Lifecycle.MAP_RUN, before.mapRuns(), after.mapRuns());
  }

  private void noteAll(Lifecycle<?> life, Map<String, ?> before, Map<String, ?> after) {
    var all = new HashSet<>(before.keySet());
    all.addAll(after.keySet());
    for (var one : all) {
      note(life, before.get(one), after.get(one));
    }
  }

  private void note(Lifecycle<?> life, @Nullable Object from, @Nullable Object to) {
    if (from != to) {
      taken.add(described(life, from, to));
    }
  }

  private static String described(Lifecycle<?> life, @Nullable Object from, @Nullable Object to) {
    return life.name() + ": " + point(from) + " --> " + point(to);
  }

  private static String point(@Nullable Object state) {
    return state == null ? "[*]" : state.toString();
  }

  private static String document() {
    var out =
        new StringBuilder(
            """
            # Lifecycles

            What an execution, an attempt at a task and a map run pass through. Made from
            `engine/src/main/java/io/stepwise/engine/execution/Lifecycle.java`, which refuses every other step.
            """);
    for (var life : LIVES) {
      out.append("\n## ").append(life.name()).append("\n\n```mermaid\nstateDiagram-v2\n");
      for (var step : life.steps()) {
        out.append("  ").append(point(step.from())).append(" --> ").append(point(step.to()));
        out.append(" : ").append(step.by()).append('\n');
      }
      out.append("```\n");
    }
    return out.toString();
  }
}
