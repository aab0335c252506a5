package io.stepwise.cli;

import io.stepwise.cli.run.EventLine;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.Terminal;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code stepwise executions list}: the newest executions as a table. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists executions, the newest first.",
    footer = {
      "",
      "Examples:",
      "  stepwise executions list",
      "  stepwise executions list OrderFlow --status RUNNING --max 20",
    })
final class ExecutionsListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MACHINE",
      description = "Name or ARN of a state machine. Default: all Standard ones")
  private @Nullable String machine;

  @Option(
      names = "--status",
      description = "Only RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED ones.")
  private @Nullable String status;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "50",
      description = "Lines at most. Default: ${DEFAULT-VALUE}")
  private int max = 50;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    return server.with(this::list);
  }

  private int list(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var found = new ArrayList<JsonNode>();
    for (var arn : machines(api)) {
      var input = Json.nodes().objectNode();
      input.put("stateMachineArn", arn).put("maxResults", Math.clamp(max, 1, 1000));
      if (status != null) {
        input.put("statusFilter", status);
      }
      api.call("ListExecutions", input).path("executions").forEach(found::add);
    }
    found.sort(
        Comparator.comparingDouble((JsonNode execution) -> execution.path("startDate").asDouble(0))
            .reversed());
    print(found.subList(0, Math.min(max, found.size())), Terminal.ofProcess());
    return 0;
  }

  private List<String> machines(SfnApi api)
      throws IOException, InterruptedException, SfnApi.Refused {
    if (machine != null) {
      return List.of(ServerAccess.machineArn(api, machine));
    }
    var arns = new ArrayList<String>();
    for (var known : ServerAccess.machines(api)) {
      // Executions of Express state machines are not listed, as on AWS.
      if (known.path("type").asString("").equals("STANDARD")) {
        arns.add(known.path("stateMachineArn").asString(""));
      }
    }
    return arns;
  }

  private static void print(List<JsonNode> executions, Terminal terminal) {
    var width = 9;
    for (var execution : executions) {
      width = Math.max(width, shortName(execution).length());
    }
    var row = "%-" + width + "s  %s  %-20s  %s";
    terminal
        .out()
        .println(
            terminal.paint(
                Colour.BOLD, row.formatted("EXECUTION", "STATUS   ", "STARTED", "DURATION")));
    for (var execution : executions) {
      var start = execution.path("startDate").asDouble(0);
      var stop = execution.path("stopDate").asDouble(System.currentTimeMillis() / 1000.0);
      terminal
          .out()
          .println(
              row.formatted(
                  shortName(execution),
                  paintStatus(execution.path("status").asString(""), terminal),
                  Instant.ofEpochMilli((long) (start * 1000)).truncatedTo(ChronoUnit.SECONDS),
                  EventLine.duration((long) ((stop - start) * 1000))));
    }
    terminal.out().flush();
  }

  private static String shortName(JsonNode execution) {
    return execution.path("executionArn").asString("").replaceFirst("^.*:execution:", "");
  }

  private static String paintStatus(String status, Terminal terminal) {
    var colour =
        switch (status) {
          case "SUCCEEDED" -> Colour.GREEN;
          case "RUNNING" -> Colour.BLUE;
          case "ABORTED" -> Colour.DIM;
          default -> Colour.RED;
        };
    return terminal.paint(colour, "%-9s".formatted(status));
  }
}
