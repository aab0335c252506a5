package io.stepwise.cli;

import io.stepwise.edge.HttpServer;
import io.stepwise.edge.HttpServerConfig;
import io.stepwise.edge.Loops;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Lambda that lives as long as the test: {@code echo} answers at once, {@code slow} after a
 * while, {@code flaky} fails the first call with each input, {@code callback} hands its token on.
 */
final class FakeLambda implements AutoCloseable {
  private static final String JSON = "application/json";

  private final Loops loops = new Loops(1);
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
  private final Consumer<String> tokens;
  private final HttpServer server;
  private final int port;

  FakeLambda(Consumer<String> tokens) throws IOException {
    this.tokens = tokens;
    this.server = new HttpServer(HttpServerConfig.of("127.0.0.1", 0), loops, this::handle);
    this.port = server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  private void handle(Request request, Responder responder) {
    var function = request.path().split("/", -1)[3];
    var input = request.text();
    switch (function) {
      case "slow" -> {
        var millis = 200 + Math.floorMod(input.hashCode(), 800);
        timers.schedule(() -> responder.respond(200, JSON, input), millis, TimeUnit.MILLISECONDS);
      }
      case "flaky" -> {
        if (failedOnce.add(input)) {
          responder.respond(
              200,
              JSON,
              Map.of("X-Amz-Function-Error", "Unhandled"),
              "{\"errorType\":\"Flaky\",\"errorMessage\":\"once\"}"
                  .getBytes(StandardCharsets.UTF_8));
        } else {
          responder.respond(200, JSON, input);
        }
      }
      case "callback" -> {
        responder.respond(200, JSON, "null");
        tokens.accept(input);
      }
      default -> responder.respond(200, JSON, input);
    }
  }

  @Override
  public void close() {
    timers.shutdownNow();
    server.close();
    loops.close();
  }
}
