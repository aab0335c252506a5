package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.model.StateMachineType;
import io.stepwise.aws.StateMachineArn;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.run.HistoryLines;
import io.stepwise.cli.run.LocalRun;
import io.stepwise.cli.run.RunObserver;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.engine.execution.StateMachineRevision;
import io.stepwise.expression.Json;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/**
 * What commands say, at three widths of a terminal, as it stands in {@code
 * src/test/resources/messages}: whoever changes it sees what users will see. {@code
 * -Dstepwise.regenerate=true} writes it anew.
 */
final class SnapshotTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "messages");
  private static final String WRONG =
      """
      {
        "StartAt": "Chek",
        "States": {
          "Check": {"Type": "Pass", "Paramters": {}, "Next": "Verschicken: 発送 🎉 and a name that is long"},
          "Reset\\u001b[2J": {"Type": "Succed"}
        }
      }
      """;
  private static final String WRONG_EXPRESSIONS =
      """
      {
        "QueryLanguage": "JSONata",
        "StartAt": "Total",
        "States": {
          "Total": {"Type": "Pass", "Output": {"t": "{% $sum($states.input.items.(price * qty) 2) %}"}, "Next": "Send"},
          "Send": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
            "Arguments": {"QueUrl": "q", "MessageBody": "{% customer.name %}"}, "End": true}
        }
      }
      """;
  private static final String HOSTILE =
      """
      {"StartAt": "発送を待つ", "States": {
        "発送を待つ": {"Type": "Pass", "Next": "Party 🎉"},
        "Party 🎉": {"Type": "Pass", "Next": "Clear\\u001b[2J\\u0007 \\u009b"},
        "Clear\\u001b[2J\\u0007 \\u009b": {"Type": "Map", "Next": "e\\u0301", "ItemProcessor": {
          "StartAt": "Each", "States": {"Each": {"Type": "Pass", "End": true}}}},
        "e\\u0301": {"Type": "Fail", "Error": "Bo\\u001bom",
          "Cause": "a cause that is rather long, so that it does not fit into a line of sixty columns, nor of eighty"}}}
      """;

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void whatCommandsSayIsAsItStands(int columns) throws IOException, InterruptedException {
    var said = said(columns);
    var file = FOLDER.resolve(columns + "-columns.txt");
    if (Boolean.getBoolean("stepwise.regenerate")) {
      Files.writeString(file, said);
    }

    assertThat(said)
        .as("what commands say; -Dstepwise.regenerate=true writes " + file + " anew")
        .isEqualTo(Files.readString(file));
    assertThat(said.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void noLineIsWiderThanTheTerminal(int columns) throws IOException, InterruptedException {
    for (var line : said(columns).lines().toList()) {
      // Examples are to be copied as they are; events are read with a margin of their own.
      if (!line.startsWith("  ") && !line.startsWith("flow.json:")) {
        assertThat(DisplayText.width(line)).as(line).isLessThanOrEqualTo(columns);
      }
    }
  }

  private static String said(int columns) throws InterruptedException {
    var out = new StringBuilder();
    var help = new Help(columns);
    for (var command : commands(Main.commandLine().getCommandSpec())) {
      out.append("$ ").append(command.qualifiedName()).append(" --help\n");
      out.append(help.text(command)).append('\n');
    }
    for (var definition : List.of(WRONG, WRONG_EXPRESSIONS)) {
      out.append("$ stepwise validate flow.json\n");
      var file = DefinitionFile.of("flow.json", definition, StateMachineType.STANDARD);
      for (var finding : file.findings()) {
        out.append(ValidationReport.text(file, finding, terminal(System.out, columns)));
      }
    }
    out.append("\n$ stepwise run flow.json --skip-time\n").append(tree(columns));
    out.append("\n$ stepwise executions history flow:run\n").append(history(columns));
    return out.toString();
  }

  private static Terminal terminal(PrintStream out, int columns) {
    return new Terminal(out, true, false, new Terminal.Size(50, columns));
  }

  /** The tree as it was drawn last, without what only moves the cursor. */
  private static String tree(int columns) throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    var terminal = terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns);
    try (var observer = new RunObserver(terminal, RunObserver.Mode.LIVE, "flow")) {
      var machine =
          new StateMachineRevision(
              1,
              StateMachineArn.of("arn:aws:states:us-east-1:123456789012:stateMachine:flow"),
              "flow",
              StateMachineType.STANDARD,
              "arn:aws:iam::123456789012:role/r",
              "",
              new DefinitionCompiler()
                  .compile(HOSTILE, StateMachineType.STANDARD)
                  .definition()
                  .orElseThrow());
      var answers = LocalRun.Answers.of(new Connectors(List.of()));
      var run = new LocalRun(machine, answers, true, observer);
      run.run("run", Payload.ofTrustedText("[1,2]"));
      observer.finish(run.nowMillis());
    }
    var shown = bytes.toString(StandardCharsets.UTF_8);
    return shown
        .substring(shown.lastIndexOf("\u001b[J") + 3)
        .replace("\u001b[?25h", "")
        .replaceAll("\\d+ms", "0ms")
        .replaceAll(" +0ms", " 0ms");
  }

  private static String history(int columns) {
    var events = new ArrayList<JsonNode>();
    Json.parseTrusted(
            """
            [{"id": 1, "previousEventId": 0, "timestamp": 1.0, "type": "ExecutionStarted",
              "executionStartedEventDetails": {"input": "{\\"total\\":12,\\"lines\\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}"}},
             {"id": 2, "previousEventId": 0, "timestamp": 1.0, "type": "MapStateEntered",
              "stateEnteredEventDetails": {"name": "Each 行", "input": "[1]"}},
             {"id": 3, "previousEventId": 2, "timestamp": 1.0, "type": "MapStateStarted",
              "mapStateStartedEventDetails": {"length": 1}},
             {"id": 4, "previousEventId": 3, "timestamp": 1.0, "type": "MapIterationStarted",
              "mapIterationStartedEventDetails": {"name": "Each 行", "index": 0}},
             {"id": 5, "previousEventId": 4, "timestamp": 1.2, "type": "TaskStateEntered",
              "stateEnteredEventDetails": {"name": "Charge\\u001b[2J", "input": "1"}},
             {"id": 6, "previousEventId": 5, "timestamp": 2.5, "type": "TaskFailed",
              "taskFailedEventDetails": {"resourceType": "sqs", "resource": "sendMessage", "error": "Declined", "cause": "no funds"}},
             {"id": 7, "previousEventId": 6, "timestamp": 2.5, "type": "MapIterationFailed",
              "mapIterationFailedEventDetails": {"name": "Each 行", "index": 0}},
             {"id": 8, "previousEventId": 6, "timestamp": 2.5, "type": "MapStateFailed"},
             {"id": 9, "previousEventId": 8, "timestamp": 3601.5, "type": "ExecutionFailed",
              "executionFailedEventDetails": {"error": "Declined", "cause": "no funds"}}]
            """)
        .forEach(events::add);
    var lines = new HistoryLines(terminal(System.out, columns), HistoryLines.Payloads.SHORT);
    return String.join("\n", lines.add(events)) + "\n";
  }

  private static List<CommandSpec> commands(CommandSpec command) {
    var commands = new ArrayList<CommandSpec>();
    commands.add(command);
    for (var line : command.subcommands().values()) {
      if (!line.getCommandName().equals("help")) {
        commands.addAll(commands(line.getCommandSpec()));
      }
    }
    return commands;
  }
}
