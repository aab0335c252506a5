package io.stepwise.simulation;

import io.stepwise.aws.IntegrationPattern;
import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import io.stepwise.integration.Jobs;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Does the work of tasks late, and now and then what no connector may: throws, gives nothing,
 * fails, never answers.
 */
final class HostileConnector implements Connector, Jobs {
  private final SplittableRandom random;
  private final Clients clients;
  private final IdentityHashMap<Payload, Effect.InvokeTask> expected = new IdentityHashMap<>();

  HostileConnector(SplittableRandom random, Clients clients) {
    this.random = random;
    this.clients = clients;
  }

  @Override
  public boolean supports(String service, String action) {
    return true;
  }

  @Override
  @SuppressWarnings("NullAway") // it does what none may do
  public CompletableFuture<ConnectorOutcome> invoke(ConnectorRequest request) {
    return switch (random.nextInt(40)) {
      case 0 -> throw new IllegalStateException("a connector that throws");
      case 1 -> throw new NoClassDefFoundError("a/connector/WithoutItsLibrary");
      case 2 -> null;
      case 3 -> CompletableFuture.completedFuture(null);
      case 4 -> CompletableFuture.failedFuture(new IllegalStateException("a future that fails"));
      default -> {
        var invoke = expected.remove(request.parameters());
        if (invoke != null) {
          clients.answerAgain(invoke);
        }
        yield request.pattern() == IntegrationPattern.SYNC
            ? clients.begin(request.parameters().tree())
            : clients.work(request.parameters().tree());
      }
    };
  }

  @Override
  public Optional<Jobs> jobs() {
    return Optional.of(this);
  }

  @Override
  @SuppressWarnings("NullAway") // it does what none may do
  public CompletableFuture<Status> poll(Job job) {
    return switch (random.nextInt(100)) {
      case 0 -> throw new IllegalStateException("a look that throws");
      case 1 -> null;
      case 2 -> CompletableFuture.completedFuture(null);
      case 3 -> CompletableFuture.failedFuture(new IllegalStateException("a look that fails"));
      default -> clients.look(Payload.ofTrustedText(job.reference()).tree());
    };
  }

  @Override
  public CompletableFuture<@Nullable Void> stop(Job job) {
    return switch (random.nextInt(10)) {
      case 0 -> throw new IllegalStateException("a stop that throws");
      case 1 -> CompletableFuture.failedFuture(new IllegalStateException("a stop that fails"));
      default -> clients.stopJob();
    };
  }

  /** It may be called for that task now, and answer it more than once. */
  void expect(Effect.InvokeTask invoke) {
    expected.put(invoke.parameters(), invoke);
  }

  /** The process died. */
  void crashed() {
    expected.clear();
  }

  /** What the work of a task comes to. */
  static ConnectorOutcome outcome(JsonNode parameters) {
    if (parameters.path("try").asInt() < parameters.path("failures").asInt()) {
      return new ConnectorOutcome.Failure("Flaky", "not yet");
    }
    var output = Json.nodes().objectNode();
    output.put("v", parameters.path("v").asLong() + parameters.path("amount").asLong());
    return new ConnectorOutcome.Success(Payload.of(output));
  }

  /** The same, as the holder of a task token tells it. */
  static Outcome told(ConnectorOutcome outcome) {
    return switch (outcome) {
      case ConnectorOutcome.Success(var output) -> new Outcome.Success(output);
      case ConnectorOutcome.Failure(var error, var cause) -> new Outcome.Failure(error, cause);
      case ConnectorOutcome.Submitted(var output, var job) -> new Outcome.Success(output);
    };
  }
}
