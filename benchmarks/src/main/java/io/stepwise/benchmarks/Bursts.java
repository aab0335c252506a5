package io.stepwise.benchmarks;

import io.stepwise.edge.HttpServer;
import io.stepwise.edge.HttpServerConfig;
import io.stepwise.edge.Loops;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a client notices while very much is due at once: 200,000 waits that end in one second, and a
 * restart with 200,000 tasks under way. All must fire or be called, none twice, and meanwhile
 * starts and the health check are answered as if nothing were.
 */
final class Bursts {
  private static final int IN_FLIGHT = 128;
  private static final double START_P99_MAX = 250;
  private static final double HEALTH_MAX = 50;
  private static final String PASS =
      """
      {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}""";

  private final Processes processes;
  private final int executions;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Bursts(Processes processes, int executions) {
    this.processes = processes;
    this.executions = executions;
  }

  void run() throws Exception {
    timers();
    restart();
  }

  // ── 200,000 waits ──────────────────────────────────────────────────────────────────────────

  private void timers() throws Exception {
    var data = processes.temporaryFolder("burst");
    try (var server = processes.product(data, 9)) {
      var client = new Client(server.endpoint());
      var pass = client.createStateMachine("pass", PASS);
      var machine =
          client.createStateMachine(
              "waits",
              """
              {"StartAt": "W", "States": {"W": {"Type": "Wait", "TimestampPath": "$.t", "End": true}}}""");
      var at = Instant.now().plusSeconds(15 + executions / 3_000).truncatedTo(ChronoUnit.SECONDS);
      startAll(server, machine, "{\\\"t\\\":\\\"" + at + "\\\"}");
      if (Instant.now().isAfter(at)) {
        throw new IllegalStateException("Expected all starts before " + at);
      }
      TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), at.minusSeconds(3)).toMillis());
      var begun = System.nanoTime();
      try (var probe = new Probe(server, pass)) {
        awaitSucceeded(client, server, "waits", executions);
        probe.report(executions + " waits due in one second", seconds(begun) - 3);
      }
    }
    Processes.delete(data);
  }

  // ── 200,000 tasks ──────────────────────────────────────────────────────────────────────────

  private void restart() throws Exception {
    var data = processes.temporaryFolder("burst");
    var answering = new AtomicBoolean();
    var calls = new ConcurrentHashMap<String, Integer>();
    try (var loops = new Loops(1);
        var lambda =
            new HttpServer(
                HttpServerConfig.of("127.0.0.1", 0),
                loops,
                (request, responder) -> {
                  if (answering.get()) {
                    calls.merge(
                        String.valueOf(request.header("amz-sdk-invocation-id")), 1, Integer::sum);
                    responder.respond(200, "application/json", "{}");
                  }
                })) {
      lambda.start();
      try (var server = processes.product(data, lambda.port())) {
        var client = new Client(server.endpoint());
        client.createStateMachine("pass", PASS);
        var machine =
            client.createStateMachine(
                "tasks",
                """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:lambda:us-east-1:000000000000:function:echo"}}}""");
        startAll(server, machine, "{}");
      } // killed, as by kill -9
      answering.set(true);
      var begun = System.nanoTime();
      try (var server = processes.product(data, lambda.port())) {
        var pass = "arn:aws:states:us-east-1:000000000000:stateMachine:pass";
        try (var probe = new Probe(server, pass)) {
          awaitSucceeded(new Client(server.endpoint()), server, "tasks", executions);
          probe.report("a restart with " + executions + " tasks under way", seconds(begun));
        }
      }
      var twice = calls.values().stream().filter(times -> times > 1).count();
      System.out.printf("  called %d, more than once %d%n", calls.size(), twice);
      if (calls.size() != executions || twice > 0) {
        throw new IllegalStateException("Expected every task to be called once after the restart");
      }
    }
    Processes.delete(data);
  }

  // ── Clients ────────────────────────────────────────────────────────────────────────────────

  private void startAll(Processes.Server server, String machine, String escapedInput)
      throws InterruptedException {
    var open = new Semaphore(IN_FLIGHT);
    var failed = new AtomicInteger();
    for (var i = 0; i < executions; i++) {
      open.acquire();
      http.sendAsync(start(server, machine, escapedInput), HttpResponse.BodyHandlers.discarding())
          .whenComplete(
              (response, failure) -> {
                if (failure != null || response.statusCode() != 200) {
                  failed.incrementAndGet();
                }
                open.release();
              });
    }
    open.acquire(IN_FLIGHT);
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " starts failed");
    }
  }

  private static HttpRequest start(Processes.Server server, String machine, String escapedInput) {
    return HttpRequest.newBuilder(URI.create(server.endpoint()))
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("X-Amz-Target", "AWSStepFunctions.StartExecution")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"" + escapedInput + "\"}"))
        .build();
  }

  private void awaitSucceeded(Client client, Processes.Server server, String machine, int count)
      throws IOException, InterruptedException {
    var name = "stepwise_executions_running{state_machine=\"" + machine + "\"";
    var until = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (System.nanoTime() < until) {
      var text =
          http.send(
                  HttpRequest.newBuilder(URI.create(server.endpoint() + "/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      var running =
          text.lines()
              .filter(line -> line.startsWith(name))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      if (running == 0 && text.contains(name)) {
        failOn(client, machine);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new IllegalStateException("Expected " + count + " executions of " + machine + " to end");
  }

  private static void failOn(Client client, String machine) {
    for (var status : List.of("FAILED", "TIMED_OUT", "ABORTED")) {
      var list =
          client.call(
              "ListExecutions",
              client
                  .parameters()
                  .put(
                      "stateMachineArn",
                      "arn:aws:states:us-east-1:000000000000:stateMachine:" + machine)
                  .put("statusFilter", status)
                  .put("maxResults", 1));
      if (!list.path("executions").isEmpty()) {
        throw new IllegalStateException("Expected all to succeed, found " + list);
      }
    }
  }

  private static double seconds(long begunNanos) {
    return (System.nanoTime() - begunNanos) / 1e9;
  }

  /** A client that starts an execution and asks for the health all the time. */
  private final class Probe implements AutoCloseable {
    private final Processes.Server server;
    private final String machine;
    private final List<Double> starts = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> health = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Thread> threads;

    Probe(Processes.Server server, String machine) {
      this.server = server;
      this.machine = machine;
      var live = HttpRequest.newBuilder(URI.create(server.endpoint() + "/health/live")).build();
      threads =
          List.of(
              Thread.ofPlatform().start(() -> ask(start(server, machine, "{}"), starts)),
              Thread.ofPlatform().start(() -> ask(live, health)));
    }

    private void ask(HttpRequest request, List<Double> millis) {
      try {
        while (!closed.get()) {
          var begun = System.nanoTime();
          var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          millis.add((System.nanoTime() - begun) / 1e6);
          if (status != 200) {
            throw new IllegalStateException("Expected 200, got " + status);
          }
          TimeUnit.MILLISECONDS.sleep(5);
        }
      } catch (IOException e) {
        millis.add(Double.POSITIVE_INFINITY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void report(String what, double seconds) {
      close();
      line(what + ": all done after", seconds, "s");
      judge("  StartExecution p99", percentile(starts, 0.99), START_P99_MAX);
      judge("  /health/live p99", percentile(health, 0.99), HEALTH_MAX);
      line("  slowest start of " + starts.size(), percentile(starts, 1), "ms");
      line("  slowest health of " + health.size(), percentile(health, 1), "ms");
      line("  server memory", (double) server.residentMebibytes(), "MiB");
    }

    private static void line(String what, double value, String unit) {
      System.out.printf(Locale.ROOT, "%-52s %8.1f %s%n", what, value, unit);
    }

    private static void judge(String what, double millis, double max) {
      System.out.printf(
          Locale.ROOT,
          "%-52s %8.1f ms   at most %.0f   %s%n",
          what,
          millis,
          max,
          millis <= max ? "reached" : "NOT REACHED");
    }

    private static double percentile(List<Double> values, double share) {
      var sorted = new ArrayList<>(values);
      sorted.sort(null);
      return sorted.isEmpty()
          ? Double.NaN
          : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    @Override
    public void close() {
      closed.set(true);
      for (var thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
