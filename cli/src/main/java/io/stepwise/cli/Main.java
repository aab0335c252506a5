package io.stepwise.cli;

import io.stepwise.server.StepwiseServer;
import io.stepwise.server.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry of {@code bin/stepwise}. */
@Command(
    name = "stepwise",
    version = "stepwise " + Version.TEXT,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "AWS Step Functions that you run yourself.",
    footer = {
      "",
      "Examples:",
      "  stepwise start                          server on port 8083, data in ./stepwise-data",
      "  stepwise start --memory --port 0        a throw-away server on any free port",
      "  stepwise run order-flow.asl.json --skip-time   one execution here, without a server",
      "  stepwise validate order-flow.asl.json   what AWS would say of a definition",
      "  stepwise executions follow OrderFlow:first-run   events of a running server as they come",
      "  stepwise backup /backups/monday         copy of the data of the running server",
    })
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs the command that the arguments name; returns its exit code. */
  static int execute(String... arguments) {
    return commandLineFor(arguments).execute(arguments);
  }

  /** All commands. */
  static CommandLine commandLine() {
    return commandLineOf(
        new StartCommand(),
        new RunCommand(),
        new ValidateCommand(),
        new ExecutionsCommand(),
        new BackupCommand(),
        new CompletionCommand(),
        new HelpCommand());
  }

  /**
   * The commands these arguments can mean. To read the annotations of all of them takes a third of
   * a short run, so the two that must be fast are alone.
   */
  private static CommandLine commandLineFor(String[] arguments) {
    return switch (arguments.length == 0 ? "" : arguments[0]) {
      case "start" -> {
        // On another core, while this one reads options.
        Thread.ofPlatform().daemon().name("prepare").start(StepwiseServer::prepare);
        yield commandLineOf(new StartCommand());
      }
      case "run" -> commandLineOf(new RunCommand());
      default -> commandLine();
    };
  }

  private static CommandLine commandLineOf(Object... commands) {
    var line = new CommandLine(new Main());
    for (var command : commands) {
      line.addSubcommand(command);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        // An input of @FILE is ours to read: it is no file of arguments.
        .setExpandAtFiles(false);
  }
}
