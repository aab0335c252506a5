package io.stepwise.cli;

import io.stepwise.asl.DefinitionCompiler;
import io.stepwise.asl.Diagnostic;
import io.stepwise.asl.model.StateMachineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise validate FILE…}: what AWS would say of definitions. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Reports every problem of definitions, in AWS's codes and words.",
    footer = {
      "",
      "Exit code: 0 where all are valid, 1 where one is not, 2 where one can't be read.",
      "Example:",
      "  stepwise validate --type EXPRESS flows/*.asl.json",
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Definitions in JSON.")
  private List<Path> files = List.of();

  @Option(
      names = "--type",
      defaultValue = "STANDARD",
      description = "STANDARD or EXPRESS. Default: ${DEFAULT-VALUE}")
  private StateMachineType type = StateMachineType.STANDARD;

  @Override
  public Integer call() {
    var exitCode = 0;
    for (var file : files) {
      try {
        var compiled = new DefinitionCompiler().compile(Files.readString(file), type);
        for (var diagnostic : compiled.diagnostics()) {
          System.out.println(line(file, diagnostic));
        }
        if (compiled.definition().isEmpty()) {
          exitCode = Math.max(exitCode, 1);
        } else {
          System.out.println(file + ": valid");
        }
      } catch (IOException e) {
        System.err.println(file + ": can't be read: " + e.getMessage());
        exitCode = 2;
      }
    }
    return exitCode;
  }

  private static String line(Path file, Diagnostic diagnostic) {
    var location = diagnostic.location() == null ? "" : " at " + diagnostic.location();
    return file
        + ": "
        + diagnostic.severity().name().toLowerCase(Locale.ROOT)
        + ": "
        + diagnostic.code()
        + ": "
        + diagnostic.message()
        + location;
  }
}
