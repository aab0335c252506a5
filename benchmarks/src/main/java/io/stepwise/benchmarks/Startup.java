package io.stepwise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a user waits for, by the scripts that a user calls: the time from {@code bin/stepwise start}
 * to the first answer of the API, that of a whole {@code bin/stepwise run}, and memory at rest.
 */
final class Startup {
  private static final String PASS =
      """
      {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}
      """;

  private final Processes processes;
  private final int rounds;

  Startup(Processes processes, int rounds) {
    this.processes = processes;
    this.rounds = rounds;
  }

  void run() throws InterruptedException {
    // Not measured: makes the cache if there is none.
    seconds(() -> processes.script("wait", "--version").waitFor());
    var memory = new ArrayList<Double>();
    var cached = new ArrayList<Double>();
    var plain = new ArrayList<Double>();
    var runs = new ArrayList<Double>();
    for (var round = 0; round < rounds; round++) {
      cached.add(start("wait", memory));
      plain.add(start("off", new ArrayList<>()));
      runs.add(runOnePass());
    }
    print("start to the first answer, s", "%.2f", cached);
    print("the same without the cache, s", "%.2f", plain);
    print("memory at rest, MiB", "%.0f", memory);
    print("run of one Pass, s", "%.2f", runs);
  }

  private double start(String cache, List<Double> memory) throws InterruptedException {
    var data = processes.temporaryFolder("data");
    var begun = System.nanoTime();
    try (var server = processes.scriptedServer(cache, data)) {
      var client = new Client(server.endpoint());
      client.call("ListStateMachines", client.parameters());
      var seconds = (System.nanoTime() - begun) / 1e9;
      TimeUnit.SECONDS.sleep(3);
      memory.add((double) server.residentMebibytes());
      return seconds;
    } finally {
      Processes.delete(data);
    }
  }

  private double runOnePass() throws InterruptedException {
    var definition = processes.temporaryFolder("run").resolve("pass.asl.json");
    try {
      Files.writeString(definition, PASS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seconds(() -> processes.script("wait", "run", definition.toString()).waitFor());
  }

  private interface Work {
    int exitCode() throws InterruptedException;
  }

  private static double seconds(Work work) throws InterruptedException {
    var begun = System.nanoTime();
    var exitCode = work.exitCode();
    if (exitCode != 0) {
      throw new IllegalStateException("Expected exit code 0, got " + exitCode);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void print(String figure, String format, List<Double> values) {
    var sorted = values.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-32s " + format + "   %s%n",
        figure,
        sorted.get(sorted.size() / 2),
        sorted.stream().map(value -> String.format(Locale.ROOT, format, value)).toList());
  }
}
