package io.stepwise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry of {@code bin/stepwise}. */
@Command(
    name = "stepwise",
    version = "stepwise 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "AWS Step Functions that you run yourself.",
    subcommands = {
      StartCommand.class,
      RunCommand.class,
      ValidateCommand.class,
      ExecutionsCommand.class,
      BackupCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
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
    System.exit(commandLine().execute(arguments));
  }

  /** All commands. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An input of @FILE is ours to read: it is no file of arguments.
        .setExpandAtFiles(false);
  }
}
