package io.stepwise.cli;

import io.stepwise.cli.LambdaAttempts.Attempt;
import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepwise executions logs}: what the functions that an execution called wrote then. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints what the Lambda functions called by an execution wrote, by attempt.",
    footer = {
      "",
      "A call whose answer tells its request id is found by it, others by their time: where a",
      "function was called several times just then, the lines of all these calls are shown.",
      "",
      "Examples:",
      "  stepwise executions logs OrderFlow:first-run",
      "  stepwise executions logs OrderFlow:first-run Charge",
    })
final class ExecutionsLogsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "EXECUTION",
      description = "ARN of the execution, or MACHINE:NAME of a Standard one.")
  private String execution = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STATE",
      description = "Only the attempts of this state.")
  private String state = "";

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::print);
  }

  private int print(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var out = Terminal.ofProcess().out();
    var history = new HistoryReader(api, ServerAccess.executionArn(api, execution)).next();
    var attempts =
        LambdaAttempts.of(history).stream()
            .filter(attempt -> state.isEmpty() || attempt.state().equals(state))
            .toList();
    if (attempts.isEmpty()) {
      throw new SfnApi.Refused(
          state.isEmpty()
              ? "Expected calls of Lambda functions in the execution, but there are none."
              : "Expected calls of Lambda functions by the state "
                  + DisplayText.escaped(state)
                  + ", but there are none.");
    }
    for (var attempt : attempts) {
      out.println(heading(attempt));
      for (var event : attempt.lines(api)) {
        out.println("  " + LogTail.line(event).replace("\n", "\n  "));
      }
    }
    out.flush();
    return 0;
  }

  private static String heading(Attempt attempt) {
    return DisplayText.escaped(attempt.state())
        + ", event "
        + attempt.eventId()
        + ": "
        + DisplayText.escaped(attempt.function())
        + " "
        + (attempt.isOver() ? attempt.end() : "is running");
  }
}
