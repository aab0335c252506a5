package io.stepwise.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an expression that would run away delays what has nothing to do with it: executions of
 * one Pass state, started one after the other while it is evaluated, as their client sees them.
 */
final class HostileExpressions {
  private static final String PASS =
      """
      {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}""";

  /** What starts take while nothing else happens is measured for that long. */
  private static final long IDLE_NANOS = 3_000_000_000L;

  private final Processes processes;

  HostileExpressions(Processes processes) {
    this.processes = processes;
  }

  /** An expression, and the slowest start meanwhile. */
  private record Delay(double millis, double took, String expression) {}

  void run() throws Exception {
    var list =
        Path.of(
            System.getProperty("stepwise.root"),
            "expression/src/test/resources/hostile-expressions.txt");
    try (var server = processes.product(processes.temporaryFolder("data"), 1)) {
      var client = new Client(server.endpoint());
      var pass = client.createStateMachine("pass", PASS);
      var machines = machines(client, list);
      var probe = new Probe(new Client(server.endpoint()), pass);
      Thread.ofPlatform().daemon().start(probe::run);
      LockSupport.parkNanos(IDLE_NANOS); // warms up
      probe.slowest();
      LockSupport.parkNanos(IDLE_NANOS);
      var idle = probe.slowest();
      for (var round = 1; round <= 2; round++) {
        report(round, idle, delays(client, probe, machines));
      }
      probe.ended = true;
    }
  }

  private static List<Client.Machine> machines(Client client, Path list) throws IOException {
    var machines = new ArrayList<Client.Machine>();
    for (var line : Files.readAllLines(list)) {
      var tab = line.indexOf('\t');
      if (line.startsWith("refused\t")) {
        continue;
      }
      var expression = line.substring(tab + 1);
      var definition = client.parameters().put("QueryLanguage", "JSONata").put("StartAt", "P");
      definition
          .putObject("States")
          .putObject("P")
          .put("Type", "Pass")
          .put("End", true)
          .put("Output", "{% " + expression + " %}");
      machines.add(
          new Client.Machine(
              expression,
              client.createStateMachine("hostile" + machines.size(), definition.toString())));
    }
    return machines;
  }

  private static List<Delay> delays(Client client, Probe probe, List<Client.Machine> machines) {
    var delays = new ArrayList<Delay>();
    for (var machine : machines) {
      probe.slowest();
      var begun = System.nanoTime();
      client.run(machine.arn(), "{}");
      var took = (System.nanoTime() - begun) / 1e6;
      delays.add(new Delay(probe.slowest(), took, machine.name()));
    }
    delays.sort(Comparator.comparing(Delay::millis).reversed());
    return delays;
  }

  private static void report(int round, double idle, List<Delay> delays) {
    System.out.printf(
        Locale.ROOT,
        "round %d: slowest start beside each of %d hostile expressions, ms: median %.1f, slowest"
            + " %.1f, above 50 ms: %d (beside nothing: %.1f)%n",
        round,
        delays.size(),
        delays.get(delays.size() / 2).millis(),
        delays.getFirst().millis(),
        delays.stream().filter(delay -> delay.millis() >= 50).count(),
        idle);
    for (var delay : delays.subList(0, Math.min(5, delays.size()))) {
      System.out.printf(
          Locale.ROOT,
          "  %6.1f ms beside %6.1f ms of %s%n",
          delay.millis(),
          delay.took(),
          delay.expression());
    }
  }

  /** Starts executions one after the other and keeps what the slowest took. */
  private static final class Probe {
    private final Client client;
    private final String machine;
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean ended;

    Probe(Client client, String machine) {
      this.client = client;
      this.machine = machine;
    }

    void run() {
      var parameters = client.parameters().put("stateMachineArn", machine);
      while (!ended) {
        var begun = System.nanoTime();
        client.call("StartExecution", parameters);
        var took = System.nanoTime() - begun;
        slowest.accumulateAndGet(took, Math::max);
      }
    }

    /** Milliseconds of the slowest since it was asked last. */
    double slowest() {
      return slowest.getAndSet(0) / 1e6;
    }
  }
}
