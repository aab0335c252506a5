package io.stepwise.cli;

import io.stepwise.cli.run.HistoryLines;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  stepwise executions history OrderFlow:first-run --payloads full",
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
      converter = Words.ResultFormats.class,
      completionCandidates = Words.ResultFormats.class,
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private Words.ResultFormat format = Words.ResultFormat.TEXT;

  @Option(
      names = "--payloads",
      paramLabel = "LENGTH",
      converter = Words.PayloadLengths.class,
      completionCandidates = Words.PayloadLengths.class,
      description =
          "Inputs and outputs: short (what a line has room for), full or none. Default: short")
  private HistoryLines.@Nullable Payloads payloads;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::print);
  }

  private int print(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    if (format == Words.ResultFormat.JSON && payloads != null) {
      throw CommandProblem.misuse(
          "Expected --payloads without --format json, which leaves nothing out");
    }
    var terminal = Terminal.ofProcess();
    var out = terminal.out();
    var events = new HistoryReader(api, ServerAccess.executionArn(api, execution)).next();
    switch (format) {
      case TEXT -> {
        var shown = payloads == null ? HistoryLines.Payloads.SHORT : payloads;
        new HistoryLines(terminal, shown).add(events).forEach(out::println);
      }
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
