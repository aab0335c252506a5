package io.stepwise.benchmarks;

import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Time from the start of the process to the first answer of the API, and memory at rest. */
final class Startup {
  private final Processes processes;
  private final int rounds;

  Startup(Processes processes, int rounds) {
    this.processes = processes;
    this.rounds = rounds;
  }

  void run() throws InterruptedException {
    var seconds = new ArrayList<Double>();
    var memory = new ArrayList<Double>();
    for (var round = 0; round < rounds; round++) {
      var data = processes.temporaryFolder("data");
      var start = System.nanoTime();
      try (var server = processes.product(data, 1)) {
        var client = new Client(server.endpoint());
        client.call("ListStateMachines", client.parameters());
        seconds.add((System.nanoTime() - start) / 1e9);
        TimeUnit.SECONDS.sleep(3);
        memory.add((double) server.residentMebibytes());
      }
      Processes.delete(data);
    }
    seconds.sort(null);
    memory.sort(null);
    System.out.printf(
        Locale.ROOT,
        "start to the first answer, s   %.2f   %s%n",
        seconds.get(rounds / 2),
        seconds);
    System.out.printf(
        Locale.ROOT, "memory at rest, MiB            %.0f   %s%n", memory.get(rounds / 2), memory);
  }
}
