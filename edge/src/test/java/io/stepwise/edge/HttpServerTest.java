package io.stepwise.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private final Loops loops = new Loops(1);

  @AfterEach
  void stop() {
    loops.close();
  }

  private static void echo(Request request, Responder responder) {
    responder.respond(200, "text/plain", Map.of(), request.body());
  }

  private HttpServer server(Handler handler) throws IOException {
    return server(handler, Duration.ofSeconds(30));
  }

  private HttpServer server(Handler handler, Duration idle) throws IOException {
    var server =
        new HttpServer(
            new HttpServerConfig("127.0.0.1", 0, (method, uri) -> 1_000, idle), loops, handler);
    server.start();
    return server;
  }

  @Test
  void answersManyRequestsOnOneConnection() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      for (var i = 0; i < 10; i++) {
        client.post("hello " + i);

        assertThat(client.receive()).startsWith("HTTP/1.1 200 OK").endsWith("hello " + i);
      }
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrderWhateverIsReadyFirst() throws Exception {
    var waiting = new LinkedBlockingQueue<Runnable>();
    try (var server = server((request, responder) -> waiting.add(() -> echo(request, responder)));
        var client = new RawClient(server.port())) {
      client.post("one");
      client.post("two");
      client.post("three");
      var answers = new ArrayList<Runnable>();
      for (var i = 0; i < 3; i++) {
        answers.add(waiting.poll(5, TimeUnit.SECONDS));
      }
      Collections.reverse(answers);
      answers.forEach(Runnable::run);

      assertThat(client.receive()).endsWith("one");
      assertThat(client.receive()).endsWith("two");
      assertThat(client.receive()).endsWith("three");
    }
  }

  @Test
  void answersOfAnotherThreadAreMadeOnTheLoopThoughOneOfThemFails() throws Exception {
    var waiting = new LinkedBlockingQueue<Runnable>();
    var threads = Collections.synchronizedSet(new HashSet<Thread>());
    try (var server =
            server(
                (request, responder) ->
                    waiting.add(
                        () ->
                            responder.soon(
                                () -> {
                                  threads.add(Thread.currentThread());
                                  switch (request.text()) {
                                    case "exception" -> throw new IllegalStateException("planted");
                                    case "error" -> throw new LinkageError("planted");
                                    default -> echo(request, responder);
                                  }
                                })));
        var client = new RawClient(server.port());
        var failing = new RawClient(server.port())) {
      failing.post("exception");
      failing.post("error");
      var answers = new ArrayList<Runnable>();
      for (var i = 0; i < 2; i++) {
        answers.add(waiting.poll(5, TimeUnit.SECONDS));
      }
      client.post("one");
      client.post("two");
      for (var i = 0; i < 2; i++) {
        answers.add(waiting.poll(5, TimeUnit.SECONDS));
      }
      answers.forEach(Runnable::run);

      assertThat(client.receive()).endsWith("one");
      assertThat(client.receive()).endsWith("two");
      assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void goesOnReadingAfterMorePipelinedRequestsThanItHolds() throws IOException {
    try (var server =
            server(
                (request, responder) -> Thread.ofVirtual().start(() -> echo(request, responder)));
        var client = new RawClient(server.port())) {
      for (var i = 0; i < 200; i++) {
        client.post("request " + i);
      }

      for (var i = 0; i < 200; i++) {
        assertThat(client.receive()).endsWith("request " + i);
      }
    }
  }

  @Test
  void putsABodyOfChunksTogether() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("3\r\nabc\r\n");
      client.send("4\r\ndefg\r\n0\r\n\r\n");

      assertThat(client.receive()).endsWith("abcdefg");
    }
  }

  @Test
  void refusesABodyThatIsTooLongAndGoesOn() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      client.post("x".repeat(1_001));
      assertThat(client.receive()).startsWith("HTTP/1.1 413");

      client.post("short");
      assertThat(client.receive()).endsWith("short");
    }
  }

  @Test
  void refusesWhatIsNotHttpAndCloses() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      client.send("no http at all\r\n\r\n");

      assertThat(client.receive()).startsWith("HTTP/1.1 400").contains("connection: close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void asksForTheBodyOfAClientThatExpectsIt() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 100");
      client.send("ok");

      assertThat(client.receive()).endsWith("ok");
    }
  }

  @Test
  void answersHeadWithTheLengthAndNoBody() throws IOException {
    try (var server = server((request, responder) -> responder.respond(200, "text/plain", "four"));
        var client = new RawClient(server.port())) {
      client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(client.receiveHead()).contains("content-length: 4");
      assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("four");
    }
  }

  @Test
  void closesWhenTheClientAsksForIt() throws IOException {
    try (var server = server(HttpServerTest::echo);
        var client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(client.receive()).contains("connection: close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void tellsThatAWaitingClientHasGone() throws Exception {
    var gone = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    try (var server =
        server(
            (request, responder) -> {
              responder.onClose(gone::countDown);
              asked.countDown();
            })) {
      try (var client = new RawClient(server.port())) {
        client.post("poll");
        asked.await();
      }

      assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void cutsOffTheIdleButNotTheWaiting() throws Exception {
    var responders = new LinkedBlockingQueue<Responder>();
    var asked = new CountDownLatch(1);
    try (var server =
            server(
                (request, responder) -> {
                  responders.add(responder);
                  asked.countDown();
                },
                Duration.ofMillis(500));
        var idle = new RawClient(server.port());
        var dribbling = new RawClient(server.port());
        var waiting = new RawClient(server.port())) {
      dribbling.send("POST / HTTP/1.1\r\nHost");
      waiting.post("poll");
      asked.await();

      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(dribbling.isClosedByServer()).isTrue();
      responders.take().respond(200, "text/plain", "late");
      assertThat(waiting.receive()).endsWith("late");
    }
  }

  @Test
  void answersAFailureOfTheHandler() throws IOException {
    try (var server =
            server(
                (request, responder) -> {
                  throw new IllegalStateException("planted");
                });
        var client = new RawClient(server.port())) {
      client.post("x");

      assertThat(client.receive()).startsWith("HTTP/1.1 500").doesNotContain("planted");
    }
  }

  @Test
  void showsHeadersAndTheParts() throws IOException {
    try (var server =
            server(
                (request, responder) ->
                    responder.respond(
                        200,
                        "text/plain",
                        Map.of("x-made-of", "a\r\nInjected: b"),
                        (request.method()
                                + request.path()
                                + request.query()
                                + request.header("x-THING"))
                            .getBytes(StandardCharsets.UTF_8)));
        var client = new RawClient(server.port())) {
      client.send("GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nX-Thing: e\r\n\r\n");

      assertThat(client.receive())
          .contains("x-made-of: a??Injected: b\r\n")
          .endsWith("GET/a/bc=de");
    }
  }

  @Test
  void anAnswerMayGoOnUntilItIsClosed() throws Exception {
    var streams = new LinkedBlockingQueue<Responder.Stream>();
    try (var server =
            server(
                (request, responder) ->
                    streams.add(responder.stream(200, "text/event-stream", Map.of())));
        var client = new RawClient(server.port())) {
      client.post("");
      var stream = streams.take();

      assertThat(client.receiveHead())
          .startsWith("HTTP/1.1 200 OK")
          .contains("connection: close")
          .doesNotContain("content-length");
      assertThat(stream.send("one".getBytes(StandardCharsets.UTF_8))).isTrue();
      assertThat(client.receive(3)).isEqualTo("one");
      assertThat(stream.send("two".getBytes(StandardCharsets.UTF_8))).isTrue();
      assertThat(client.receive(3)).isEqualTo("two");
      stream.close();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aStreamTellsThatItsReaderIsGone() throws Exception {
    var gone = new CountDownLatch(1);
    var streams = new LinkedBlockingQueue<Responder.Stream>();
    try (var server =
        server(
            (request, responder) -> {
              streams.add(responder.stream(200, "text/event-stream", Map.of()));
              responder.onClose(gone::countDown);
            })) {
      try (var client = new RawClient(server.port())) {
        client.post("");
        client.receiveHead();
      }

      assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(streams.take().send(new byte[1])).isFalse();
    }
  }

  @Test
  void aStreamWhoseReaderDoesNotReadTakesNoMoreThanAMegabyte() throws Exception {
    var streams = new LinkedBlockingQueue<Responder.Stream>();
    try (var server =
            server(
                (request, responder) ->
                    streams.add(responder.stream(200, "text/event-stream", Map.of())));
        var client = new RawClient(server.port())) {
      client.post("");
      var stream = streams.take();
      var part = new byte[64 << 10];
      var sent = 0;
      while (stream.send(part)) {
        sent++;
      }

      assertThat(sent).isBetween(16, 1_000); // the system's own buffers take some
    }
  }
}
