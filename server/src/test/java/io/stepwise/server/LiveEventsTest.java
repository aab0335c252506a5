package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.config.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens is told to web pages as it happens. */
final class LiveEventsTest {
  private final StepwiseServer server = new StepwiseServer(ServerConfig.builder().build());
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private CoverageProbe probe = new CoverageProbe(0);

  @BeforeEach
  void start() throws IOException {
    port = server.start();
    probe = new CoverageProbe(port);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  /** A stream of events as a page reads it. */
  private final class Stream implements AutoCloseable {
    private final BufferedReader reader;

    Stream(String query, String... headers) throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + port + "/_stepwise/events" + query));
      if (headers.length > 0) {
        request.headers(headers);
      }
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The fields of the next event or of what stands before the first. */
    Map<String, String> next() throws IOException {
      var fields = new LinkedHashMap<String, String>();
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty() && !fields.isEmpty()) {
          return fields;
        }
        var colon = line.indexOf(": ");
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
      throw new IOException("Expected another event, but the stream has ended");
    }

    /** Events until that of a status; the last is returned. */
    Map<String, String> until(String status) throws IOException {
      while (true) {
        var event = next();
        if (event.getOrDefault("data", "").contains("\"status\":\"" + status + "\"")) {
          return event;
        }
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  private String run() throws IOException, InterruptedException {
    probe.errorOf(Json.nodes().objectNode().put("Type", "Pass"));
    return "";
  }

  @Test
  void everyDecisionIsToldWithItsExecutionAndEvents() throws Exception {
    try (var stream = new Stream("")) {
      assertThat(stream.next()).containsKeys("retry", "id");
      run();

      var event = stream.until("SUCCEEDED");
      assertThat(event.get("event")).isEqualTo("decision");
      var data = Json.parse(event.getOrDefault("data", ""));
      assertThat(data.path("executionArn").asString("")).contains(":execution:probe0:");
      assertThat(data.path("stateMachineArn").asString("")).endsWith(":stateMachine:probe0");
      assertThat(data.path("firstEvent").asInt(0)).isEqualTo(1);
      assertThat(data.path("lastEvent").asInt(0)).isEqualTo(4);
    }
  }

  @Test
  void aPageHearsOnlyOfTheMachineItShows() throws Exception {
    var arn = "arn:aws:states:us-east-1:123456789012:stateMachine:probe1";
    try (var stream =
        new Stream("?stateMachineArn=" + URLEncoder.encode(arn, StandardCharsets.UTF_8))) {
      stream.next();
      run();
      run();

      assertThat(stream.next().get("data")).contains("stateMachine:probe1");
    }
  }

  @Test
  void aPageThatWasAwayHearsWhatItMissed() throws Exception {
    String seen;
    try (var stream = new Stream("")) {
      seen = stream.next().getOrDefault("id", "");
    }
    run();

    try (var stream = new Stream("", "Last-Event-ID", seen)) {
      assertThat(stream.until("SUCCEEDED").get("data")).contains("probe0");
    }
    try (var stream = new Stream("?lastEventId=" + seen)) {
      assertThat(stream.until("SUCCEEDED").get("data")).contains("probe0");
    }
  }

  @Test
  void aPageOfAnotherRunOfTheServerIsToldToLoadEverything() throws Exception {
    try (var stream = new Stream("", "Last-Event-ID", "otherboot.3")) {
      stream.next();
      assertThat(stream.next().get("event")).isEqualTo("reset");
    }
    try (var stream = new Stream("", "Last-Event-ID", "rubbish")) {
      stream.next();
      assertThat(stream.next().get("event")).isEqualTo("reset");
    }
  }

  @Test
  void afterAResetOfTheServerPagesLoadEverything() throws Exception {
    try (var stream = new Stream("")) {
      stream.next();
      server.reset();

      assertThat(stream.next().get("event")).isEqualTo("reset");
    }
  }
}
