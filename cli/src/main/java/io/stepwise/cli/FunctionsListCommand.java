package io.stepwise.cli;

import io.stepwise.cli.terminal.DisplayText;
import io.stepwise.cli.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stepwise functions list}: a line for each function. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists functions: name, runtime, handler.",
    footer = {"", "Example:", "  stepwise functions list"})
final class FunctionsListCommand implements Callable<Integer> {
  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(FunctionsListCommand::print);
  }

  private static int print(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var rows = new ArrayList<List<String>>();
    var marker = "";
    do {
      var page = api.json(api.lambda("GET", "?Marker=" + SfnApi.encoded(marker), Map.of(), ""));
      for (var function : page.path("Functions")) {
        rows.add(
            List.of(
                DisplayText.escaped(function.path("FunctionName").asString("")),
                DisplayText.escaped(function.path("Runtime").asString("")),
                DisplayText.escaped(function.path("Handler").asString(""))));
      }
      marker = page.path("NextMarker").asString("");
    } while (!marker.isEmpty());
    var width = rows.stream().mapToInt(row -> DisplayText.width(row.getFirst())).max().orElse(0);
    var out = Terminal.ofProcess().out();
    for (var row : rows) {
      out.println(
          "%s  %-15s  %s".formatted(DisplayText.padded(row.get(0), width), row.get(1), row.get(2)));
    }
    out.flush();
    return 0;
  }
}
