package io.stepwise.cli;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Looks whether an address is free before a server makes anything that it needs it for. */
final class ServerProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ServerProbe() {}

  /**
   * Expects to be able to listen there.
   *
   * <p>Errors: {@link CommandProblem} that says what is in the way: another Stepwise, another
   * program, or an address that this machine does not have.
   */
  static void expectFree(String host, int port) throws InterruptedException {
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw CommandProblem.misuse("Expected an address in --host, but '" + host + "' is not known");
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (BindException e) {
      throw CommandProblem.failure(inTheWay(host, port, e));
    } catch (IOException e) {
      throw CommandProblem.failure(
          "Expected to listen on %s:%d, but: %s".formatted(host, port, e.getMessage()));
    }
  }

  private static String inTheWay(String host, int port, BindException e)
      throws InterruptedException {
    var message = String.valueOf(e.getMessage());
    if (message.contains("assign")) {
      return "Expected to listen on %s:%d, but this machine has no such address. Name another with --host."
          .formatted(host, port);
    }
    if (message.contains("ermission")) {
      return "Expected to listen on %s:%d, but there is no permission for that port. Choose one above 1023 with --port."
          .formatted(host, port);
    }
    return stepwiseAt(host, port)
        .map(
            version ->
                "Stepwise %s already runs on %s:%d. Use that one, stop it, or choose another port with --port and another folder with --data."
                    .formatted(version, host, port))
        .orElse(
            "Expected to listen on %s:%d, but another program does. Stop it, or choose another port with --port."
                .formatted(host, port));
  }

  private static Optional<String> stepwiseAt(String host, int port) throws InterruptedException {
    var name = host.contains(":") ? "[" + host + "]" : host.equals("0.0.0.0") ? "127.0.0.1" : host;
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://" + name + ":" + port + "/health"))
              .timeout(PATIENCE)
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      var health = Json.parse(answer.body());
      return health.has("storage") && health.has("queued")
          ? Optional.of(health.path("version").asString(""))
          : Optional.empty();
    } catch (IOException | InvalidJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
