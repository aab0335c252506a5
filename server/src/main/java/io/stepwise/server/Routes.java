package io.stepwise.server;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.host.embedded.EmbeddedHost;

/** Tells what a request is for: the health of the server, or the AWS API. */
final class Routes implements Handler {
  private static final String JSON = "application/json";

  private final Handler api;
  private final Health health;
  private final EmbeddedHost host;

  Routes(Handler api, Health health, EmbeddedHost host) {
    this.api = api;
    this.health = health;
    this.host = host;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      api.handle(request, responder);
      return;
    }
    switch (request.path()) {
      // The last is probed by scripts written for other local clouds.
      case "/health", "/health/ready", "/_localstack/health" -> health(responder);
      case "/health/live" -> responder.respond(200, JSON, "{\"status\":\"ok\"}");
      default -> api.handle(request, responder);
    }
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, responder);
  }

  private void health(Responder responder) {
    responder.respond(
        health.isReady() ? 200 : 503,
        JSON,
        "{\"status\":\"" + health.word() + "\",\"queued\":" + host.queueDepth() + "}");
  }
}
