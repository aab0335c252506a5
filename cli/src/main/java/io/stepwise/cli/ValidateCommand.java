package io.stepwise.cli;

import io.stepwise.asl.model.StateMachineType;
import io.stepwise.cli.definition.DefinitionFile;
import io.stepwise.cli.definition.TextInput;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise validate FILE…}: what AWS would say of definitions. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Reports every problem of definitions, in AWS's codes and words, with its place.",
    footer = {
      "",
      "What AWS accepts and Stepwise can't run yet is warned of, and valid all the same.",
      "",
      "Exit code: 0 where all are valid, 1 where one is not, 2 where one can't be read.",
      "",
      "Examples:",
      "  stepwise validate order-flow.asl.json",
      "  stepwise validate --type EXPRESS flows/*.asl.json flows/*.asl.yaml",
      "  stepwise validate --format sarif flows/*.asl.json > stepwise.sarif",
      "  terraform output -raw definition | stepwise validate -",
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Definitions in JSON or YAML; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--type",
      converter = Words.MachineTypes.class,
      completionCandidates = Words.MachineTypes.class,
      defaultValue = "STANDARD",
      description = "STANDARD or EXPRESS. Default: ${DEFAULT-VALUE}")
  private StateMachineType type = StateMachineType.STANDARD;

  @Option(
      names = "--format",
      converter = Words.ReportFormats.class,
      completionCandidates = Words.ReportFormats.class,
      defaultValue = "text",
      description = "text, json or sarif. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TEXT;

  /** For whom the report is. */
  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  @Override
  public Integer call() {
    if (Collections.frequency(files, TextInput.STANDARD_INPUT) > 1) {
      throw CommandProblem.misuse("Expected - once: standard input can be read once only");
    }
    var terminal = Terminal.ofProcess();
    var read = new ArrayList<DefinitionFile>();
    var exitCode = 0;
    for (var file : files) {
      try {
        var definition = DefinitionFile.read(file, type);
        read.add(definition);
        exitCode = Math.max(exitCode, definition.compiled().definition().isPresent() ? 0 : 1);
      } catch (TextInput.Unreadable e) {
        Messages.say(file + ": can't be read: " + e.getMessage());
        exitCode = 2;
      }
    }
    switch (format) {
      case TEXT -> read.forEach(file -> print(file, terminal));
      case JSON -> terminal.out().println(Json.print(ValidationReport.json(read)));
      case SARIF -> terminal.out().println(Json.print(ValidationReport.sarif(read)));
    }
    terminal.out().flush();
    return exitCode;
  }

  private static void print(DefinitionFile file, Terminal terminal) {
    for (var finding : file.findings()) {
      terminal.out().print(ValidationReport.text(file, finding, terminal));
    }
    if (file.compiled().definition().isPresent()) {
      terminal
          .out()
          .println(DisplayText.escaped(file.name()) + ": " + terminal.paint(Colour.GREEN, "valid"));
    }
  }
}
