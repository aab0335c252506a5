package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.server.metrics.Exposition;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

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
  private final IntSupplier queueDepth;
  private final Optional<ConsoleFiles> console;

  Routes(
      Handler api,
      Handler administration,
      Health health,
      Exposition metrics,
      IntSupplier queueDepth,
      Optional<ConsoleFiles> console) {
    this.api = api;
    this.administration = administration;
    this.health = health;
    this.metrics = metrics;
    this.queueDepth = queueDepth;
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
      case "/metrics" -> metrics(request, responder);
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

  private void metrics(Request request, Responder responder) {
    var page = metrics.page(request.header("Accept"));
    responder.respond(200, page.contentType(), Map.of(), page.body());
  }

  private void health(Responder responder) {
    responder.respond(health.isReady() ? 200 : 503, JSON, health.json(queueDepth.getAsInt()));
  }
}
