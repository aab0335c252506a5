package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.runtime.feed.Feed;
import io.stepwise.server.metrics.Exposition;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Tells what a request is for: the health of the server, its figures, its administration, the AWS
 * API, or for a browser: the console, or a page that says what this is.
 */
final class Routes implements Handler {
  private static final String JSON = "application/json";

  private final Handler api;
  private final Handler administration;
  private final Health health;
  private final Exposition metrics;
  private final Handler events;
  private final IntSupplier queueDepth;
  private final Supplier<Feed> feed;
  private final Optional<ConsoleFiles> console;

  Routes(
      Handler api,
      Handler administration,
      Health health,
      Exposition metrics,
      Handler events,
      IntSupplier queueDepth,
      Supplier<Feed> feed,
      Optional<ConsoleFiles> console) {
    this.api = api;
    this.administration = administration;
    this.health = health;
    this.metrics = metrics;
    this.events = events;
    this.queueDepth = queueDepth;
    this.feed = feed;
    this.console = console;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (request.uri().equals("/") && !WelcomePage.isFor(request)) {
      api.handle(request, responder);
      return;
    }
    if (console.isPresent() && ConsoleFiles.isFor(request)) {
      console.get().handle(request, responder);
      return;
    }
    switch (request.path()) {
      // The last is probed by scripts written for other local clouds.
      case "/health", "/health/ready", "/_localstack/health" -> health(responder);
      case "/metrics" -> Thread.startVirtualThread(() -> metrics(request, responder));
      case LiveEvents.PATH -> events.handle(request, responder);
      case "/health/live" -> responder.respond(200, JSON, "{\"status\":\"ok\"}");
      default -> {
        if (request.path().startsWith(Administration.PATH)) {
          administration.handle(request, responder);
        } else if (WelcomePage.isFor(request)) {
          WelcomePage.answer(request, responder);
        } else {
          api.handle(request, responder);
        }
      }
    }
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, responder);
  }

  /** What was answered before is counted: waits a moment for the consumer that counts. */
  private void metrics(Request request, Responder responder) {
    try {
      feed.get().awaitTaken(Administration.FEED_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var page = metrics.page(request.header("Accept"));
    responder.respond(200, page.contentType(), Map.of(), page.body());
  }

  private void health(Responder responder) {
    responder.respond(health.isReady() ? 200 : 503, JSON, health.json(queueDepth.getAsInt()));
  }
}
