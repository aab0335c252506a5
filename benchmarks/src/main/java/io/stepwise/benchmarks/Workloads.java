package io.stepwise.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The speed of five workloads, each beside what the same edge does with a synced commit and nothing
 * else (C, the ceiling) or with nothing at all (E, the echo). Medians of several rounds, all in one
 * run, the server a process of its own with an empty store.
 */
final class Workloads {
  private static final int CLIENTS = 64;
  private final Processes processes;
  private final int rounds;
  private final int seconds;
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  Workloads(Processes processes, int rounds, int seconds) {
    this.processes = processes;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  void run() {
    try (var lambda = processes.lambda()) {
      for (var round = 1; round <= rounds; round++) {
        System.err.println("Round " + round + " of " + rounds);
        baseline("echo", "E");
        baseline("ceiling", "C");
        product(lambda);
      }
    }
    report();
  }

  private void baseline(String kind, String name) {
    try (var server = processes.baseline(kind)) {
      var many =
          processes.load(
              server, "HTTP", CLIENTS, seconds, "--body", "x".repeat(1024), "--warmup", "4");
      note(name + " requests/s", many.path("perSecond").doubleValue());
      if (kind.equals("ceiling")) {
        var one =
            processes.load(server, "HTTP", 1, seconds, "--body", "x".repeat(1024), "--warmup", "1");
        note("C p50 ms, 1 client", one.path("p50ms").doubleValue());
      }
    }
  }

  private void product(Processes.Server lambda) {
    var data = processes.temporaryFolder("data");
    try (var server = processes.product(data, lambda.port())) {
      var w1 = measure(server, "W1", "--warmup", "6");
      note("W1 starts/s", w1.path("perSecond").doubleValue());
      note("W1 completed/s", w1.path("completedPerSecond").doubleValue());
      var one = processes.load(server, "W1", 1, seconds, "--warmup", "1");
      note("W1 p50 ms, 1 client", one.path("p50ms").doubleValue());
      note("W2 transitions/s", measure(server, "W2").path("statesPerSecond").doubleValue());
      note(
          "W3 executions/s",
          measure(server, "W3", "--warmup", "10").path("perSecond").doubleValue());
      var w4 = measure(server, "W4");
      note("W4 items/s", w4.path("perSecond").doubleValue() * 100);
      note("W5 executions/s", measure(server, "W5").path("perSecond").doubleValue());
      note("server memory MiB", (double) server.residentMebibytes());
    }
    Processes.delete(data);
  }

  private JsonNode measure(Processes.Server server, String workload, String... more) {
    var arguments = new ArrayList<>(List.of(more));
    if (!arguments.contains("--warmup")) {
      arguments.addAll(List.of("--warmup", "3"));
    }
    var result =
        processes.load(server, workload, CLIENTS, seconds, arguments.toArray(String[]::new));
    System.err.println("  " + result);
    return result;
  }

  private void note(String name, double value) {
    figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  private double median(String name) {
    var sorted =
        figures.getOrDefault(name, List.of(0.0)).stream().mapToDouble(d -> d).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private void report() {
    System.out.printf(Locale.ROOT, "%-22s %12s   %s%n", "figure", "median", "rounds");
    figures.forEach(
        (name, values) ->
            System.out.printf(
                Locale.ROOT,
                "%-22s %12.2f   %s%n",
                name,
                median(name),
                Arrays.toString(values.stream().mapToDouble(d -> d).toArray())));
    System.out.println();
    ratio("W1 starts/s", "C requests/s", 0.5);
    ratio("W1 completed/s", "C requests/s", 0.4);
    atMost("W1 p50 ms, 1 client", "C p50 ms, 1 client", 2.0);
    ratio("W2 transitions/s", "C requests/s", 2.5);
    ratio("W3 executions/s", "C requests/s", 0.18);
    ratio("W4 items/s", "C requests/s", 2.2);
    ratio("W5 executions/s", "E requests/s", 0.22);
  }

  private void ratio(String figure, String baseline, double aim) {
    var ratio = median(figure) / median(baseline);
    line(figure, baseline, ratio, "at least", aim, ratio >= aim);
  }

  private void atMost(String figure, String baseline, double aim) {
    var ratio = median(figure) / median(baseline);
    line(figure, baseline, ratio, "at most", aim, ratio <= aim);
  }

  private static void line(
      String figure, String baseline, double ratio, String word, double aim, boolean reached) {
    System.out.printf(
        Locale.ROOT,
        "%-20s / %-18s = %5.2f   %s %.2f   %s%n",
        figure,
        baseline,
        ratio,
        word,
        aim,
        reached ? "reached" : "NOT REACHED");
  }
}
