package io.stepwise.cli;

import io.stepwise.cli.run.HistoryLines;
import io.stepwise.cli.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise executions follow}: prints events as they come, until the execution ends. */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    description = "Prints the events of an execution as they come, until it ends.",
    footer = {
      "",
      "Exit code: 0 where it succeeded, 1 where it did not, 2 where it can't be followed.",
      "",
      "Example:",
      "  stepwise executions follow OrderFlow:first-run",
    })
final class ExecutionsFollowCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 250;

  @Parameters(
      paramLabel = "EXECUTION",
      description = "ARN of the execution, or MACHINE:NAME of a Standard one.")
  private String execution = "";

  @Option(
      names = "--payloads",
      paramLabel = "LENGTH",
      defaultValue = "short",
      converter = Words.PayloadLengths.class,
      completionCandidates = Words.PayloadLengths.class,
      description =
          "Inputs and outputs: short (what a line has room for), full or none. Default:"
              + " ${DEFAULT-VALUE}")
  private HistoryLines.Payloads payloads = HistoryLines.Payloads.SHORT;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::follow);
  }

  private int follow(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var terminal = Terminal.ofProcess();
    var history = new HistoryReader(api, ServerAccess.executionArn(api, execution));
    var lines = new HistoryLines(terminal, payloads);
    while (true) {
      var events = history.next();
      lines.add(events).forEach(terminal.out()::println);
      terminal.out().flush();
      for (var event : events) {
        switch (event.path("type").asString("")) {
          case "ExecutionSucceeded" -> {
            return 0;
          }
          case "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut" -> {
            // A redriven execution has failed before, and goes on.
            if (event == events.getLast()) {
              return 1;
            }
          }
          default -> {}
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
