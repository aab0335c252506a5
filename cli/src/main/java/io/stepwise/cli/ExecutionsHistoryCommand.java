package io.stepwise.cli;

import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stepwise executions history}: the history of an execution as a table. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Prints the history of an execution.",
    footer = {
      "",
      "Examples:",
      "  stepwise executions history OrderFlow:first-run",
      "  stepwise executions history OrderFlow:first-run --format json | jq '.events[].type'",
    })
final class ExecutionsHistoryCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXECUTION",
      description = "ARN of the execution, or MACHINE:NAME of a Standard one.")
  private String execution = "";

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private RunCommand.Format format = RunCommand.Format.TEXT;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::print);
  }

  private int print(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var out = Terminal.ofProcess().out();
    var history = new HistoryReader(api, ServerAccess.executionArn(api, execution));
    var events = history.next();
    switch (format) {
      case TEXT -> events.forEach(event -> out.println(history.line(event)));
      case JSON -> {
        var answer = Json.nodes().objectNode();
        answer.putArray("events").addAll(events);
        out.println(Json.print(answer));
      }
    }
    out.flush();
    return 0;
  }
}
