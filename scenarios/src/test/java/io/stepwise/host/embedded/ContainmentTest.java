package io.stepwise.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.engine.Reply;
import io.stepwise.engine.command.Command;
import io.stepwise.engine.execution.ExecutionStatus;
import io.stepwise.expression.Payload;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.runtime.port.DecisionListener;
import io.stepwise.runtime.port.StartRequest;
import io.stepwise.storage.InMemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a guest throws, holds back or floods: at most its own execution fails. */
class ContainmentTest {

  private static Guests guests(
      Function<ConnectorRequest, @Nullable CompletableFuture<ConnectorOutcome>> connector) {
    return new Guests(new InMemoryStorage(), connector, DecisionListener.NONE, 100);
  }

  static Stream<Named<Function<ConnectorRequest, @Nullable CompletableFuture<ConnectorOutcome>>>>
      brokenConnectors() {
    return Stream.of(
        Named.of(
            "throws",
            request -> {
              throw new IllegalArgumentException("a bug in a connector");
            }),
        Named.of(
            "throws an error",
            request -> {
              throw new NoClassDefFoundError("a/missing/Library");
            }),
        Named.of("gives no future", request -> null),
        Named.of("gives a future of nothing", request -> CompletableFuture.completedFuture(null)),
        Named.of(
            "gives a future that fails",
            request -> CompletableFuture.failedFuture(new IllegalStateException("later"))),
        Named.of(
            "gives a future that is cancelled",
            request -> {
              var cancelled = new CompletableFuture<ConnectorOutcome>();
              cancelled.cancel(true);
              return cancelled;
            }));
  }

  @ParameterizedTest
  @MethodSource("brokenConnectors")
  void aBrokenConnectorFailsItsTaskAndNothingElse(
      Function<ConnectorRequest, @Nullable CompletableFuture<ConnectorOutcome>> broken)
      throws Exception {
    var calls = new AtomicInteger();
    try (var guests =
        guests(
            request -> calls.getAndIncrement() == 0 ? broken.apply(request) : Guests.succeed())) {
      var machine = guests.machine("m", Guests.TASK);

      var hurt = guests.ended(guests.start(machine, "hurt"));
      var other = guests.ended(guests.start(machine, "other"));

      assertThat(hurt.status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(hurt.error()).isEqualTo("Stepwise.ConnectorFault");
      assertThat(hurt.cause()).startsWith("Stepwise's connector for lambda:invoke failed: ");
      assertThat(other.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(guests.faults()).isEmpty();
    }
  }

  @Test
  void aConnectorThatBlocksHoldsUpNobody() throws Exception {
    var release = new CountDownLatch(1);
    try (var guests =
        guests(
            request -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Guests.succeed();
            })) {
      var machine = guests.machine("m", Guests.TASK);
      var wait = guests.machine("w", Guests.PASS);

      var blocked = guests.start(machine, "blocked");
      var other = guests.ended(guests.start(wait, "other"));
      release.countDown();

      assertThat(other.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(guests.ended(blocked).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }

  @Test
  void anAnswerOfAHundredMegabytesFailsItsTask() throws Exception {
    var huge = Payload.ofTrustedText("\"" + "x".repeat(100 << 20) + "\"");
    try (var guests =
        guests(request -> CompletableFuture.completedFuture(new ConnectorOutcome.Success(huge)))) {
      var ended = guests.ended(guests.start(guests.machine("m", Guests.TASK), "x"));

      assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
    }
  }

  @Test
  void aCallThatNeverEndsKeepsItsPlaceUntilItsAttemptIsOver() throws Exception {
    var cancelled = new CompletableFuture<Boolean>();
    var calls = new AtomicInteger();
    try (var guests =
        new Guests(
            new InMemoryStorage(),
            request -> {
              if (calls.getAndIncrement() > 0) {
                return Guests.succeed();
              }
              var never = new CompletableFuture<ConnectorOutcome>();
              never.whenComplete((outcome, failure) -> cancelled.complete(true));
              return never;
            },
            DecisionListener.NONE,
            1)) {
      var machine = guests.machine("m", Guests.TASK);
      var hanging = guests.start(machine, "hanging");
      var waiting = guests.start(machine, "waiting");

      var id = guests.store().find(hanging).orElseThrow();
      var reply =
          guests
              .gateway()
              .send(id, new Command.StopExecution(null, null))
              .get(10, TimeUnit.SECONDS);

      assertThat(reply).isInstanceOf(Reply.Closed.class);
      assertThat(guests.ended(waiting).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(guests.dispatcher().callsInFlight()).isZero();
    }
  }

  @Test
  void noMoreCallsAreInFlightThanMayBeAndAllAreMadeOnce() throws Exception {
    var inFlight = new AtomicInteger();
    var most = new AtomicInteger();
    var seen = new ConcurrentHashMap<String, Integer>();
    try (var guests =
        new Guests(
            new InMemoryStorage(),
            request -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              seen.merge(request.idempotencyId(), 1, Integer::sum);
              return CompletableFuture.supplyAsync(
                  () -> {
                    inFlight.decrementAndGet();
                    return new ConnectorOutcome.Success(Payload.EMPTY_OBJECT);
                  });
            },
            DecisionListener.NONE,
            4)) {
      var machine = guests.machine("m", Guests.TASK);
      for (var i = 0; i < 500; i++) {
        guests.start(machine, "run" + i);
      }
      for (var i = 0; i < 500; i++) {
        var arn = machine.stateMachineArn().execution("run" + i);
        assertThat(guests.ended(arn.text()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      }

      assertThat(most.get()).isLessThanOrEqualTo(4);
      assertThat(seen).hasSize(500).allSatisfy((id, times) -> assertThat(times).isOne());
    }
  }

  @Test
  void aListenerThatThrowsLeavesMemoryAndStoreAlike() throws Exception {
    var heard = new AtomicInteger();
    DecisionListener broken =
        (decided, events, before) -> {
          heard.incrementAndGet();
          throw new IllegalStateException("a bug in metrics");
        };
    try (var guests = new Guests(new InMemoryStorage(), request -> Guests.succeed(), broken, 100)) {
      var arn = guests.start(guests.machine("m", Guests.TASK), "x");

      assertThat(guests.ended(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);

      var id = guests.store().find(arn).orElseThrow();
      var stop =
          guests
              .gateway()
              .send(id, new Command.StopExecution(null, null))
              .get(10, TimeUnit.SECONDS);
      assertThat(stop)
          .isInstanceOfSatisfying(
              Reply.Closed.class,
              closed -> assertThat(closed.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
      assertThat(heard.get()).isPositive();
      assertThat(guests.faults()).isEmpty();
    }
  }

  @Test
  void decisionsBesideTheLoopAreMadeOnceAndWhoeverComesMeanwhileIsServed() throws Exception {
    try (var guests = guests(request -> Guests.succeed())) {
      var hostile = guests.machine("long", Guests.LONG);
      var simple = guests.machine("short", Guests.PASS);
      List<CompletableFuture<String>> starts = new ArrayList<>();
      for (var i = 0; i < 4; i++) {
        var name = "run" + i;
        starts.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return guests.start(hostile, name);
                  } catch (Exception e) {
                    throw new CompletionException(e);
                  }
                }));
      }
      for (var i = 0; i < 50; i++) {
        guests.ended(guests.start(simple, "run" + i));
      }

      for (var start : starts) {
        var end = guests.ended(start.get(60, TimeUnit.SECONDS));
        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Objects.requireNonNull(end.output()).text()).isEqualTo("150003");
      }
      assertThat(guests.faults()).isEmpty();
    }
  }

  @Test
  void aHostIsClosedWithoutWaitingForADecisionBesideIt() throws Exception {
    var guests = guests(request -> Guests.succeed());
    var hostile = guests.machine("long", Guests.LONG);
    var simple = guests.machine("short", Guests.PASS);
    var arn = hostile.stateMachineArn().execution("never");
    guests
        .gateway()
        .start(
            StartRequest.ofClient(hostile, arn, "never", Payload.EMPTY_OBJECT, null, null, null));
    guests.start(simple, "after");

    guests.close();

    assertThat(guests.faults()).isEmpty();
  }
}
