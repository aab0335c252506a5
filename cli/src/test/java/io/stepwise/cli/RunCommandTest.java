package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.cli.run.LocalRun;
import io.stepwise.cli.run.RunObserver;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stepwise run} without a server. */
final class RunCommandTest {
  private static final String WAITING =
      """
      {"StartAt": "W", "States": {
        "W": {"Type": "Wait", "Seconds": 86400, "Next": "P"},
        "P": {"Type": "Pass", "Result": {"done": true}, "End": true}}}
      """;
  private static final String RETRYING =
      """
      {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {"QueueUrl": "q", "MessageBody": "m"},
        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}], "End": true}}}
      """;
  private static final String CALLING =
      """
      {"StartAt": "T", "States": {"T": {
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "double", "Payload.$": "$"},
        "OutputPath": "$.Payload", "End": true}}}
      """;
  private static final String MAPPING =
      """
      {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}
      """;

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void readsItsInputFromAFile() throws IOException {
    var definition = Files.writeString(folder.resolve("flow.json"), MAPPING);
    var input = Files.writeString(folder.resolve("input.json"), "[1, 2]");

    var exitCode = Main.commandLine().execute("run", definition.toString(), "--input", "@" + input);

    assertThat(exitCode).isZero();
  }

  @Test
  void runsFunctionsOfAFolder() throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "python3 is not on this machine");
    var functions = folder.resolve("functions");
    Files.writeString(
        Files.createDirectories(functions.resolve("double")).resolve("app.py"),
        "def handler(event, context):\n  print('at it')\n  return event * 2");
    var definition = Files.writeString(folder.resolve("flow.json"), CALLING);

    var run =
        Invocation.of(
            "run", definition.toString(), "--functions", functions.toString(), "--input", "21");

    assertThat(run.out().strip()).isEqualTo("42");
    assertThat(run.err()).contains("double | at it");
    assertThat(run.code()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAFolderOfFunctions() throws IOException {
    var definition = Files.writeString(folder.resolve("flow.json"), CALLING).toString();
    var missing = folder.resolve("missing").toString();

    assertThat(Invocation.of("run", definition, "--functions", missing).err())
        .contains("Expected a folder whose subfolders are functions", missing);
    for (var command : List.of(List.of("run", definition), List.of("start", "--memory"))) {
      var arguments = new ArrayList<>(command);
      arguments.addAll(
          List.of("--functions", missing, "--lambda-endpoint", "http://127.0.0.1:3001"));
      assertThat(Invocation.of(arguments.toArray(String[]::new)).err())
          .contains("Expected --functions or --lambda-endpoint, got both");
    }
  }

  @Test
  void skipsADayOfWaiting() throws InterruptedException {
    for (var type : StateMachineType.values()) {
      var execution = run(WAITING.replace("86400", "200"), type, "{}", RunObserver.Mode.LINES);

      assertThat(execution).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(lines())
          .anySatisfy(line -> assertThat(line).contains("+3m 20s", "WaitStateExited"));
    }
    assertThat(run(WAITING, StateMachineType.STANDARD, "{}", RunObserver.Mode.LINES))
        .isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(lines()).anySatisfy(line -> assertThat(line).contains("+1d 00h"));
  }

  @Test
  void drawsAttemptsAndErrors() throws InterruptedException {
    var status = run(RETRYING, StateMachineType.STANDARD, "{}", RunObserver.Mode.LIVE);

    assertThat(status).isEqualTo(ExecutionStatus.FAILED);
    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("└─ ✘ T  Task")
                    .endsWith("attempt 3  Stepwise.UnsupportedIntegration"));
  }

  @Test
  void drawsIterationsAsABar() throws InterruptedException {
    run(MAPPING, StateMachineType.STANDARD, "[1,2,3]", RunObserver.Mode.LIVE);

    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line).startsWith("└─ ✔ M  Map").endsWith("████████████████████ 3/3"));
  }

  @Test
  void exitCodesTellSuccessFromFailureFromMisuse() throws IOException {
    var waiting = Files.writeString(folder.resolve("waiting.json"), WAITING).toString();
    var retrying = Files.writeString(folder.resolve("retrying.json"), RETRYING).toString();
    var wrong = Files.writeString(folder.resolve("wrong.json"), "{}").toString();

    assertThat(execute(waiting)).isEqualTo(0);
    assertThat(execute(retrying)).isEqualTo(1);
    assertThat(execute(wrong)).isEqualTo(2);
    assertThat(execute(waiting, "--input", "{oops")).isEqualTo(2);
    assertThat(execute(folder.resolve("missing.json").toString())).isEqualTo(2);
  }

  @Test
  void answersTasksFromATestCase() throws IOException {
    var definition = Files.writeString(folder.resolve("retrying.json"), RETRYING).toString();
    var mocks =
        Files.writeString(
                folder.resolve("mocks.json"),
                """
                {"StateMachines": {"Flow": {"TestCases": {"Slow": {"T": "Slow"}, "Bad": {"T": "Bad"}}}},
                 "MockedResponses": {
                   "Slow": {"0-1": {"Throw": {"Error": "E", "Cause": "c"}}, "2": {"Return": 1}},
                   "Bad": {"0-2": {"Throw": {"Error": "E", "Cause": "c"}}}}}""")
            .toString();

    assertThat(execute(definition, "--mock", mocks, "--case", "Slow")).isEqualTo(0);
    assertThat(execute(definition, "--mock", mocks, "--case", "Bad")).isEqualTo(1);
    assertThat(execute(definition, "--mock", mocks)).isEqualTo(2);
    assertThat(execute(definition, "--mock", mocks, "--case", "None")).isEqualTo(2);
    assertThat(execute(definition, "--mock", definition, "--case", "Slow")).isEqualTo(2);
    assertThat(execute(definition, "--case", "Slow")).isEqualTo(2);
  }

  private static int execute(String file, String... more) {
    var arguments = new ArrayList<>(List.of(file, "--skip-time", "--format", "json"));
    arguments.addAll(List.of(more));
    arguments.addFirst("run");
    return Main.execute(arguments.toArray(String[]::new));
  }

  private ExecutionStatus run(
      String definition, StateMachineType type, String input, RunObserver.Mode mode)
      throws InterruptedException {
    var machine =
        new StateMachineRevision(
            1,
            StateMachineArn.of("arn:aws:states:us-east-1:123456789012:stateMachine:m"),
            "m",
            type,
            "arn:aws:iam::123456789012:role/r",
            "",
            new DefinitionCompiler().compile(definition, type).definition().orElseThrow());
    var terminal = new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), false, false);
    try (var observer = new RunObserver(terminal, mode, "m")) {
      var answers = LocalRun.Answers.of(new Connectors(List.of()));
      var run = new LocalRun(machine, answers, true, observer);
      var execution = run.run("run", Payload.ofTrustedText(input));
      observer.finish(run.nowMillis());
      return execution.status();
    }
  }

  private List<String> lines() {
    return shown.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
