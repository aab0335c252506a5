package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stepwise logs}: the events of a log group, or which groups there are. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the events of a log group of a running server; without one, its groups.",
    footer = {
      "",
      "Examples:",
      "  stepwise logs",
      "  stepwise logs /aws/vendedlogs/states/OrderFlow-Logs -f",
      "  stepwise logs /aws/lambda/charge --since 10m --filter 'ERROR -timeout'",
      "  stepwise logs /app --filter '{ $.level = \"error\" && $.ms > 100 }'",
    })
final class LogsCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Name of the log group.")
  private String group = "";

  @Mixin private LogOptions options = new LogOptions();
  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(
        api -> group.isEmpty() ? printGroups(api) : new LogTail(api, group, options).print());
  }

  private static int printGroups(SfnApi api)
      throws IOException, InterruptedException, SfnApi.Refused {
    var out = Terminal.ofProcess().out();
    api.logs(
        "DescribeLogGroups",
        Json.nodes().objectNode(),
        page -> {
          for (var found : page.path("logGroups")) {
            out.println(DisplayText.escaped(found.path("logGroupName").asString("")));
          }
        });
    out.flush();
    return 0;
  }
}
