package io.stepwise.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Entry of {@code bin/bench}: one class a command. */
public final class Main {
  private static final String USAGE =
      """
      bin/bench [workloads] [--rounds 3] [--seconds 6]   speed, each beside its baseline
      bin/bench flatness                                 cost against history, items, executions
      bin/bench bursts                                   200,000 timers due, and tasks after a crash
      bin/bench startup [--rounds 5]                     time to the first answer, idle memory
      bin/bench validation [--rounds 20]                 the largest definitions, in several shapes
      bin/bench expressions [--millis 500]               JSONata beside two other engines
      bin/bench languages [--rounds 3] [--seconds 6]     JSONata beside JSONPath, over the API
      bin/bench hostile                                  delay of others by hostile expressions
      bin/bench year [--rounds 20]                       a year on the virtual clock
      """;

  private Main() {}

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) throws Exception {
    var command =
        arguments.length == 0 || arguments[0].startsWith("--") ? "workloads" : arguments[0];
    if (command.equals("baseline")) {
      BaselineServer.serve(List.of(arguments).subList(1, arguments.length));
      return;
    }
    var folder = Files.createTempDirectory("stepwise-bench");
    var processes = new Processes(folder);
    try {
      switch (command) {
        case "workloads" ->
            new Workloads(
                    processes, option(arguments, "--rounds", 3), option(arguments, "--seconds", 6))
                .run();
        case "flatness" ->
            new Flatness(processes, option(arguments, "--executions", 1_000_000)).run();
        case "bursts" -> new Bursts(processes, option(arguments, "--executions", 200_000)).run();
        case "validation" -> new Validation(processes, option(arguments, "--rounds", 20)).run();
        case "startup" -> new Startup(processes, option(arguments, "--rounds", 5)).run();
        case "expressions" -> new Expressions(folder, option(arguments, "--millis", 500)).run();
        case "languages" ->
            new QueryLanguages(
                    processes, option(arguments, "--rounds", 3), option(arguments, "--seconds", 6))
                .run();
        case "hostile" -> new HostileExpressions(processes).run();
        case "year" -> new VirtualYear(processes, option(arguments, "--rounds", 20)).run();
        default -> {
          System.err.print(USAGE);
          System.exit(2);
        }
      }
    } finally {
      keepLogs(folder);
    }
    System.exit(0);
  }

  private static int option(String[] arguments, String name, int otherwise) {
    var index = List.of(arguments).indexOf(name);
    return index < 0 ? otherwise : Integer.parseInt(arguments[index + 1]);
  }

  private static void keepLogs(Path folder) {
    System.err.println("Logs of the servers: " + folder);
  }
}
