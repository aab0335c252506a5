package io.stepwise.fuzzing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fuzzes a server of its own for some time or some inputs.
 *
 * <pre>
 * fuzz --seed=N [--for=60s] [--inputs=N] [--case=N]
 * </pre>
 */
public final class Main {
  /** MiB that the heap in use may grow, from after the start to the end. */
  private static final int GROWTH_MAX = 100;

  private Main() {}

  /** Starts; the exit code is 0 where every rule held, 1 where not, 2 for a wrong option. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(args, System.out));
  }

  /** As {@link #main}, with the exit code as the result. */
  static int run(String[] args, PrintStream out) throws IOException, InterruptedException {
    var seed = System.nanoTime();
    var time = Duration.ofSeconds(60);
    var inputs = Long.MAX_VALUE;
    var only = -1L;
    for (var arg : args) {
      try {
        if (arg.startsWith("--seed=")) {
          seed = Long.parseLong(arg.substring(7));
        } else if (arg.startsWith("--for=")) {
          time = Duration.parse("PT" + arg.substring(6));
        } else if (arg.startsWith("--inputs=")) {
          inputs = Long.parseLong(arg.substring(9));
          time = Duration.ofDays(1);
        } else if (arg.startsWith("--case=")) {
          only = Long.parseLong(arg.substring(7));
        } else {
          throw new IllegalArgumentException(arg);
        }
      } catch (RuntimeException e) {
        out.println(
            "Expected --seed=N [--for=60s] [--inputs=N] [--case=N], but found " + arg + ".");
        return 2;
      }
    }
    var folder = Files.createTempDirectory("stepwise-fuzz");
    try (var endpoint = new RawEndpoint();
        var server = new ServerUnderTest(folder, endpoint.port())) {
      var fuzzer = new Fuzzer(seed, ServiceModel.read(), server, out);
      if (only >= 0) {
        fuzzer.only(only);
        return fuzzer.isClean() && leavesCleanTraces(server, endpoint, out) ? 0 : 1;
      }
      out.println("seed " + seed + ", " + limit(inputs, time));
      var status = run(fuzzer, server, inputs, time, out);
      return server.isAlive() && !leavesCleanTraces(server, endpoint, out) ? 1 : status;
    } finally {
      delete(folder);
    }
  }

  /** Whether nothing that was sent in came out where it must not. */
  private static boolean leavesCleanTraces(
      ServerUnderTest server, RawEndpoint endpoint, PrintStream out) throws IOException {
    var broken =
        endpoint
            .violation()
            .or(() -> Traces.brokenMetrics(read(server::metrics)))
            .or(() -> Traces.brokenLog(read(server::log)));
    var answer = server.answerToAPageOfOthers();
    if (broken.isEmpty() && !answer.startsWith("HTTP/1.1 403 ")) {
      broken = Optional.of("Expected a page of others to be refused, got " + answer);
    }
    broken.ifPresent(what -> out.println("FAILED: " + what));
    out.println(endpoint.requests() + " calls of functions, each one well-formed request");
    return broken.isEmpty();
  }

  private interface Reading {
    List<String> lines() throws IOException;
  }

  private static List<String> read(Reading reading) {
    try {
      return reading.lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String limit(long inputs, Duration time) {
    return inputs == Long.MAX_VALUE ? "for " + time.toSeconds() + " s" : inputs + " inputs";
  }

  private static int run(
      Fuzzer fuzzer, ServerUnderTest server, long inputs, Duration time, PrintStream out)
      throws IOException, InterruptedException {
    var start = System.nanoTime();
    // Its code and its caches are there after some thousand inputs; from then on the heap may rest.
    fuzzer.run(Math.min(inputs, 2_000), time);
    var before = server.isAlive() ? server.heapInUse() : 0;
    fuzzer.run(inputs, time.minusNanos(System.nanoTime() - start));
    if (!server.isAlive()) {
      out.println("FAILED: the server has ended; its last words:\n" + server.lastWords());
      return 1;
    }
    var after = server.heapInUse();
    out.print(fuzzer.figures().told());
    out.printf(
        "%s: %d inputs, %d requests of %d operations in %d s; slowest answer %d ms; heap in use"
            + " %d MiB at first, %d MiB at the end, of %d; resident %d MiB%n",
        fuzzer.isClean() ? "ok" : "FAILED",
        fuzzer.inputs(),
        fuzzer.figures().requests(),
        fuzzer.figures().operations(),
        (System.nanoTime() - start) / 1_000_000_000L,
        fuzzer.figures().slowestMillis(),
        before,
        after,
        ServerUnderTest.HEAP_MAX,
        server.resident());
    if (after > before + GROWTH_MAX) {
      out.println("FAILED: the heap in use grew by more than " + GROWTH_MAX + " MiB");
      out.println(server.heap());
      return 1;
    }
    return fuzzer.isClean() ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
