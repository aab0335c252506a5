package io.stepwise.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepwise functions logs NAME}: what a function writes. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints what a function writes.",
    footer = {
      "",
      "Examples:",
      "  stepwise functions logs charge -f",
      "  stepwise functions logs charge --since 1d --filter '?ERROR ?WARN'",
    })
final class FunctionsLogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name or ARN.")
  private String name = "";

  @Mixin private LogOptions options = new LogOptions();
  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    if (name.isEmpty()) {
      throw CommandProblem.misuse("Expected the name of a function, got ''");
    }
    return server.with(this::print);
  }

  private int print(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    return new LogTail(api, FunctionLogGroup.of(api, name), options).print();
  }
}
