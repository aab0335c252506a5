package io.stepwise.cli;

import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::follow);
  }

  private int follow(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var terminal = Terminal.ofProcess();
    var history = new HistoryReader(api, ServerAccess.executionArn(api, execution));
    while (true) {
      for (var event : history.next()) {
        var type = event.path("type").asString("");
        var line = history.line(event);
        terminal.out().println(type.contains("Failed") ? terminal.paint(Colour.RED, line) : line);
        terminal.out().flush();
        switch (type) {
          case "ExecutionSucceeded" -> {
            return 0;
          }
          case "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut" -> {
            return 1;
          }
          default -> {}
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
