package io.stepwise.cli;

import io.stepwise.cli.terminal.Terminal;
import io.stepwise.server.StepwiseServer;
import io.stepwise.server.Version;
import java.util.List;
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
    var line = commandLineFor(arguments);
    if (asksForHelp(arguments)) {
      var columns = Terminal.ofProcess().size().columns();
      new Help(Math.clamp(columns, 40, 120)).of(line);
    }
    if (arguments.length == 0) {
      line.usage(System.out);
      return CommandProblem.MISUSE;
    }
    return line.execute(arguments);
  }

  /** All commands. */
  static CommandLine commandLine() {
    return commandLineOf(
        new StartCommand(),
        new RunCommand(),
        new ValidateCommand(),
        new ExecutionsCommand(),
        new FunctionsCommand(),
        new LogsCommand(),
        new BackupCommand(),
        new CompletionCommand(),
        new VersionCommand(),
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
    var faults = new Faults();
    return Words.readBy(line)
        // An input of @FILE is ours to read: it is no file of arguments.
        .setExpandAtFiles(false)
        // Typed twice, the last one would win without a word.
        .setOverwrittenOptionsAllowed(false)
        // The nearest option is named instead.
        .setUnmatchedOptionsArePositionalParams(false)
        .setExecutionExceptionHandler(faults)
        .setParameterExceptionHandler(faults);
  }

  /** Whether help is what is asked for, which is laid out for the terminal there is. */
  private static boolean asksForHelp(String... arguments) {
    return arguments.length == 0
        || List.of(arguments).stream().anyMatch(each -> each.matches("-h|--help|help"));
  }
}
