package io.stepwise.fuzzing;

import io.stepwise.expression.Json;
import io.stepwise.fuzzing.input.Case;
import io.stepwise.fuzzing.input.Cases;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends case after case to a server and keeps what broke a rule.
 *
 * <pre>
 * Cases ─▶ Client ─▶ server ─▶ Rules ─▶ Failure ─▶ Shrinker ─▶ report
 * </pre>
 */
final class Fuzzer {
  /** How long an answer may take; a busy machine and an expression at its limit included. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int CLIENTS = 12;
  private static final int FAILURES_MAX = 8;
  private static final int WORLD_EVERY = 500;

  private final long seed;
  private final Cases cases;
  private final Rules rules;
  private final ServerUnderTest server;
  private final PrintStream out;
  private final Figures figures = new Figures();
  private final AtomicLong next = new AtomicLong();
  private final List<Failure> failures = new ArrayList<>();

  Fuzzer(long seed, ServiceModel model, ServerUnderTest server, PrintStream out) {
    this.seed = seed;
    this.cases = new Cases(seed, model.shapes());
    this.rules = new Rules(model);
    this.server = server;
    this.out = out;
  }

  /** What it did. */
  Figures figures() {
    return figures;
  }

  /** How many cases it has begun. */
  long inputs() {
    return next.get();
  }

  /** Whether every answer kept the rules. */
  synchronized boolean isClean() {
    return failures.isEmpty();
  }

  /** Sends {@code inputs} cases, or as many as there is time for. */
  void run(long inputs, Duration time) throws InterruptedException {
    var until = System.nanoTime() + time.toNanos();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < CLIENTS; i++) {
      threads.add(Thread.ofPlatform().start(() -> work(inputs, until)));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  /** Sends the case of one number. */
  void only(long number) {
    next.set(number);
    work(number + 1, Long.MAX_VALUE);
  }

  private void work(long inputs, long until) {
    try (var client = client()) {
      while (System.nanoTime() - until < 0 && goesOn()) {
        var number = next.getAndIncrement();
        if (number >= inputs) {
          next.decrementAndGet();
          return;
        }
        if (number % WORLD_EVERY == 0 || next.get() == inputs) {
          client.run(Cases.world());
          serves(client, number);
        }
        var input = cases.at(number);
        var failure = client.run(input);
        if (failure.isPresent()) {
          report(number, input, failure.get());
        }
      }
    } catch (IOException | RuntimeException e) {
      lost(e);
    }
  }

  private Client client() {
    return new Client(server.port(), PATIENCE, rules, figures);
  }

  private synchronized boolean goesOn() {
    return server.isAlive() && failures.size() < FAILURES_MAX;
  }

  /** A normal execution comes to its end, whatever happened before. */
  private void serves(Client client, long number) throws IOException {
    var ordinary = Cases.ordinary(number);
    client.send(ordinary.steps().getFirst());
    var started = Json.parseTrusted(client.send(ordinary.steps().getLast()).body());
    var describe =
        new Case.Step(
            "DescribeExecution",
            "{\"executionArn\":" + Json.print(started.path("executionArn")) + "}");
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer = client.send(describe);
      var status = Json.parseTrusted(answer.body()).path("status").asString("");
      if (status.equals("SUCCEEDED")) {
        return;
      }
      if (!status.equals("RUNNING") || System.nanoTime() > deadline) {
        report(number, ordinary, new Failure("serves no more", describe, answer.body()));
        return;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void report(long number, Case input, Failure failure) {
    if (failures.stream().anyMatch(known -> known.isLike(failure))) {
      return;
    }
    failures.add(failure);
    out.printf("FAILED, replay with: bin/fuzz --seed=%d --case=%d%n", seed, number);
    out.println(failure.told());
    try {
      if (!server.isAlive()) {
        out.println("  the server has ended; its last words:\n" + server.lastWords());
        return;
      }
      if (failure.rule().equals("hang")) {
        out.println(server.threads());
        return;
      }
      var smallest = new Shrinker(smaller -> failsLike(smaller, failure)).shrink(input);
      out.println("  smallest:");
      smallest.steps().forEach(step -> out.println("    " + step.operation() + " " + step.body()));
    } catch (IOException e) {
      out.println("  " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean failsLike(Case input, Failure failure) {
    try (var client = client()) {
      return client.run(input).filter(failure::isLike).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void lost(Exception cause) {
    failures.add(new Failure("no connection", new Case.Step("", ""), cause.toString()));
    out.println("FAILED: " + cause);
    try {
      out.println(server.isAlive() ? server.threads() : server.lastWords());
    } catch (IOException e) {
      out.println(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
