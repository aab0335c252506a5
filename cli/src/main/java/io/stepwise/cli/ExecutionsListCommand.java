package io.stepwise.cli;

import io.stepwise.aws.Arn;
import io.stepwise.cli.run.Durations;
import io.stepwise.cli.terminal.Colour;
import io.stepwise.cli.terminal.DisplayText;
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
      "  stepwise executions list --format json | jq -r '.executions[].executionArn'",
    })
final class ExecutionsListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MACHINE",
      description = "Name or ARN of a state machine. Default: all Standard ones")
  private @Nullable String machine;

  @Option(
      names = "--status",
      converter = Words.Statuses.class,
      completionCandidates = Words.Statuses.class,
      description = "Only RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE ones.")
  private Words.@Nullable Status status;

  @Option(
      names = "--format",
      defaultValue = "text",
      converter = Words.ResultFormats.class,
      completionCandidates = Words.ResultFormats.class,
      description = "text or json. Default: ${DEFAULT-VALUE}")
  private Words.ResultFormat format = Words.ResultFormat.TEXT;

  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "50",
      description = "Lines at most. Default: ${DEFAULT-VALUE}")
  private int max = 50;

  @Mixin private ServerAccess server = new ServerAccess();

  @Override
  public Integer call() throws InterruptedException {
    if (max < 1) {
      throw CommandProblem.misuse("Expected at least 1 in --max, got " + max);
    }
    return server.with(this::list);
  }

  private int list(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var found = new ArrayList<JsonNode>();
    for (var arn : machines(api)) {
      var input = Json.nodes().objectNode();
      input.put("stateMachineArn", arn).put("maxResults", Math.clamp(max, 1, 1000));
      if (status != null) {
        input.put("statusFilter", status.name());
      }
      api.call("ListExecutions", input).path("executions").forEach(found::add);
    }
    found.sort(
        Comparator.comparingDouble((JsonNode execution) -> execution.path("startDate").asDouble(0))
            .reversed());
    var shown = found.subList(0, Math.min(max, found.size()));
    switch (format) {
      case TEXT -> print(shown, Terminal.ofProcess());
      case JSON -> {
        var answer = Json.nodes().objectNode();
        answer.putArray("executions").addAll(shown);
        var out = Terminal.ofProcess().out();
        out.println(Json.print(answer));
        out.flush();
      }
    }
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
    var width = "EXECUTION".length();
    for (var execution : executions) {
      width = Math.max(width, DisplayText.width(shortName(execution)));
    }
    terminal
        .out()
        .println(
            terminal.paint(
                Colour.BOLD,
                row(DisplayText.padded("EXECUTION", width), "STATUS   ", "STARTED", "DURATION")));
    for (var execution : executions) {
      var start = execution.path("startDate").asDouble(0);
      var stop = execution.path("stopDate").asDouble(System.currentTimeMillis() / 1000.0);
      var started = Instant.ofEpochMilli((long) (start * 1000)).truncatedTo(ChronoUnit.SECONDS);
      terminal
          .out()
          .println(
              row(
                  DisplayText.padded(shortName(execution), width),
                  paintStatus(execution.path("status").asString(""), terminal),
                  started.toString(),
                  Durations.text((long) ((stop - start) * 1000))));
    }
    terminal.out().flush();
  }

  private static String row(String name, String status, String started, String duration) {
    return "%s  %s  %-20s  %s".formatted(name, status, started, duration);
  }

  private static String shortName(JsonNode execution) {
    var arn = execution.path("executionArn").asString("");
    return DisplayText.escaped(Arn.parse(arn).map(Arn::resourceId).orElse(arn));
  }

  private static String paintStatus(String status, Terminal terminal) {
    var colour =
        switch (status) {
          case "SUCCEEDED" -> Colour.GREEN;
          case "RUNNING" -> Colour.BLUE;
          case "ABORTED" -> Colour.DIM;
          default -> Colour.RED;
        };
    return terminal.paint(colour, "%-9s".formatted(DisplayText.escaped(status)));
  }
}
