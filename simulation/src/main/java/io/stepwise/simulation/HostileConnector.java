package io.stepwise.simulation;

import io.stepwise.engine.effect.Effect;
import io.stepwise.engine.execution.Outcome;
import io.stepwise.expression.Json;
import io.stepwise.expression.Payload;
import io.stepwise.integration.Connector;
import io.stepwise.integration.ConnectorOutcome;
import io.stepwise.integration.ConnectorRequest;
import java.util.IdentityHashMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Does the work of tasks late, and now and then what no connector may: throws, gives nothing,
 * fails, never answers.
 */
final class HostileConnector implements Connector {
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
        yield clients.work(request.parameters().tree());
      }
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
    };
  }
}
