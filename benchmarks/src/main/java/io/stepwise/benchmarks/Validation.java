package io.stepwise.benchmarks;

import java.util.ArrayList;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * Time to validate the largest definitions, as a client of ValidateStateMachineDefinition sees it,
 * beside the time to read the same text as JSON and nothing else.
 */
final class Validation {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Processes processes;
  private final int rounds;

  Validation(Processes processes, int rounds) {
    this.processes = processes;
    this.rounds = rounds;
  }

  void run() {
    System.out.printf(
        Locale.ROOT,
        "%-40s %10s %9s %9s %9s %6s%n",
        "median of " + rounds + " after as many, ms",
        "characters",
        "validated",
        "slowest",
        "as JSON",
        "result");
    try (var server = processes.product(processes.temporaryFolder("data"), 1)) {
      var client = new Client(server.endpoint());
      LargeDefinitions.all().forEach((name, definition) -> measure(client, name, definition));
    }
  }

  private void measure(Client client, String name, String definition) {
    var parameters = client.parameters().put("definition", definition);
    var result = new String[1];
    var validated =
        times(
            () ->
                result[0] =
                    client
                        .call("ValidateStateMachineDefinition", parameters)
                        .path("result")
                        .stringValue());
    var read = times(() -> JSON.readTree(definition));
    System.out.printf(
        Locale.ROOT,
        "%-40s %10d %9.1f %9.1f %9.1f %6s%n",
        name,
        definition.length(),
        validated[rounds / 2],
        validated[rounds - 1],
        read[rounds / 2],
        result[0]);
  }

  /** Sorted, in milliseconds, of the later half of twice as many rounds. */
  private double[] times(Runnable work) {
    var all = new ArrayList<Double>();
    for (var round = 0; round < 2 * rounds; round++) {
      var start = System.nanoTime();
      work.run();
      all.add((System.nanoTime() - start) / 1e6);
    }
    return all.subList(rounds, 2 * rounds).stream().mapToDouble(d -> d).sorted().toArray();
  }
}
