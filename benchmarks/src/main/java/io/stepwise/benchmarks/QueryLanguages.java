package io.stepwise.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * W6: Assign, Choice, a Map of 20 with an expression each, Pass and Succeed in JSONata, beside the
 * same in JSONPath; in turn on one server, so that both meet the same machine.
 */
final class QueryLanguages {
  private static final int CLIENTS = 64;
  private static final double AIM = 0.8;

  private final Processes processes;
  private final int rounds;
  private final int seconds;

  QueryLanguages(Processes processes, int rounds, int seconds) {
    this.processes = processes;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  void run() {
    var jsonata = new ArrayList<Double>();
    var jsonPath = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    try (var server = processes.product(processes.temporaryFolder("data"), 1)) {
      perSecond(server, "W6", 10);
      perSecond(server, "W6P", 10);
      for (var round = 0; round < rounds; round++) {
        jsonPath.add(perSecond(server, "W6P", 1));
        jsonata.add(perSecond(server, "W6", 1));
        ratios.add(jsonata.getLast() / jsonPath.getLast());
      }
    }
    var ratio = median(ratios);
    System.out.printf(
        Locale.ROOT,
        "W6 executions/s: JSONata %.0f, JSONPath %.0f, ratio %.2f of pairs %s   at least %.2f   %s%n",
        median(jsonata),
        median(jsonPath),
        ratio,
        ratios.stream().map("%.2f"::formatted).toList(),
        AIM,
        ratio >= AIM ? "reached" : "NOT REACHED");
  }

  private double perSecond(Processes.Server server, String workload, int warmUp) {
    var result =
        processes.load(server, workload, CLIENTS, seconds, "--warmup", String.valueOf(warmUp));
    System.err.println("  " + result);
    return result.path("perSecond").doubleValue();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
