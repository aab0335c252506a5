package io.stepwise.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpClientTest {
  private final Loops loops = new Loops(1);
  private final HttpClient client = new HttpClient();

  @AfterEach
  void stop() {
    client.close();
    loops.close();
  }

  private HttpServer server(Handler handler) throws IOException {
    var server = new HttpServer(HttpServerConfig.of("127.0.0.1", 0), loops, handler);
    server.start();
    return server;
  }

  private CompletableFuture<HttpClient.Response> post(int port, String body, Duration timeout) {
    return client.send(
        "POST",
        URI.create("http://127.0.0.1:" + port + "/path?q=1"),
        Map.of("x-sent", "yes"),
        body.getBytes(StandardCharsets.UTF_8),
        timeout);
  }

  @Test
  void sendsAndReceivesOnAConnectionThatIsUsedAgain() throws Exception {
    try (var server =
        server(
            (request, responder) ->
                responder.respond(
                    201,
                    "text/plain",
                    Map.of("x-got", request.header("x-sent") + " " + request.uri()),
                    request.body()))) {
      for (var i = 0; i < 5; i++) {
        var response = post(server.port(), "body " + i, Duration.ofSeconds(5)).get();

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("X-Got")).isEqualTo("yes /path?q=1");
        assertThat(response.body()).asString().isEqualTo("body " + i);
      }
    }
  }

  @Test
  void holdsAThousandRequestsInFlight() throws Exception {
    var parked = new ConcurrentLinkedQueue<Responder>();
    var arrived = new AtomicInteger();
    try (var server =
        server(
            (request, responder) -> {
              parked.add(responder);
              if (arrived.incrementAndGet() == 1_000) {
                parked.forEach(waiting -> waiting.respond(200, "text/plain", "at last"));
              }
            })) {
      var calls = new ArrayList<CompletableFuture<HttpClient.Response>>();
      for (var i = 0; i < 1_000; i++) {
        calls.add(post(server.port(), "x", Duration.ofSeconds(30)));
      }

      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void failsInTimeWhereNoAnswerComes() throws IOException {
    try (var server = server((request, responder) -> {})) {
      var call = post(server.port(), "x", Duration.ofMillis(200));

      assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void failsWhereNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var call = post(port, "x", Duration.ofSeconds(5));

    assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aSlowLookupHoldsUpNobodyElse() throws Exception {
    var release = new CountDownLatch(1);
    HostNames.Resolver slow =
        host -> {
          if (!host.equals("slow.example")) {
            return InetAddress.getByName(host);
          }
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (var lookingUp = new HttpClient(slow);
        var server = server((request, responder) -> responder.respond(200, "text/plain", "ok"))) {
      var uri = URI.create("http://slow.example:" + server.port() + "/");
      var stuck = lookingUp.send("POST", uri, Map.of(), new byte[0], Duration.ofSeconds(30));

      var other =
          lookingUp.send(
              "POST",
              URI.create("http://127.0.0.1:" + server.port() + "/"),
              Map.of(),
              new byte[0],
              Duration.ofSeconds(30));

      assertThat(other.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(stuck).isNotDone();
      release.countDown();
      assertThatThrownBy(() -> stuck.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("Unknown host: slow.example");
    }
  }

  @Test
  void whatIsNoHeaderNeverReachesTheWire() throws Exception {
    var arrived = new AtomicInteger();
    try (var server =
        server(
            (request, responder) -> {
              arrived.incrementAndGet();
              responder.respond(200, "text/plain", "ok");
            })) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      for (var bad :
          List.of(
              Map.of("x-context", "a\r\nX-Evil: yes"),
              Map.of("x-context", "a\r\n\r\nGET /smuggled HTTP/1.1"),
              Map.of("x-context", "a\nb"),
              Map.of("x-context", "a\0b"),
              Map.of("x-con text", "a"),
              Map.of("x-context\r\nX-Evil", "a"))) {
        var call = client.send("POST", uri, bad, new byte[0], Duration.ofSeconds(5));

        assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
            .as(bad.toString())
            .hasCauseInstanceOf(IllegalArgumentException.class);
      }
      client.send("POST", uri, Map.of(), new byte[0], Duration.ofSeconds(5)).get();
      assertThat(arrived.get()).isOne();
    }
  }
}
