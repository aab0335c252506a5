package io.stepwise.server.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.aws.AwsLocation;
import io.stepwise.connectors.aws.AwsClient;
import io.stepwise.connectors.aws.AwsEndpoints;
import io.stepwise.connectors.aws.wire.WireResponse;
import io.stepwise.expression.Json;
import io.stepwise.logs.LogStore.Line;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Records of executions reach the CloudWatch Logs that the user named. */
class LogsElsewhereTest {
  private static final String GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/g";

  private record Sent(String action, JsonNode body) {}

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private volatile boolean refuses;

  private CompletableFuture<WireResponse> send(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    // Settled before the test hears of the request, and may change its mind.
    var refused = refuses;
    sent.add(
        new Sent(
            Objects.requireNonNull(headers.get("X-Amz-Target")).replaceFirst(".*\\.", ""),
            Json.parseTrusted(new String(body, UTF_8))));
    return refused
        ? CompletableFuture.failedFuture(new IOException("nobody there"))
        : CompletableFuture.completedFuture(new WireResponse(200, Map.of(), "{}".getBytes(UTF_8)));
  }

  private LogsElsewhere logs() {
    var endpoints = new AwsEndpoints(Map.of(), Optional.of(URI.create("http://127.0.0.1:4566")));
    return new LogsElsewhere(
        new AwsClient(this::send, endpoints, Map.of(), Optional.empty()),
        AwsLocation.of("us-east-1", "123456789012"));
  }

  private Sent next() throws InterruptedException {
    return Objects.requireNonNull(sent.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aStreamIsMadeOnceAndTakesTheRecords() throws Exception {
    try (var logs = logs()) {
      logs.offer(GROUP, "states/m/1", new Line(5, "a"));
      assertThat(next().action()).isEqualTo("CreateLogStream");
      var put = next();
      assertThat(put.action()).isEqualTo("PutLogEvents");
      assertThat(put.body())
          .isEqualTo(
              Json.parseTrusted(
                  "{\"logGroupName\":\"/aws/g\",\"logStreamName\":\"states/m/1\","
                      + "\"logEvents\":[{\"timestamp\":5,\"message\":\"a\"}]}"));

      logs.offer(GROUP, "states/m/1", new Line(6, "b"));
      assertThat(next().action()).isEqualTo("PutLogEvents");
    }
  }

  @Test
  void whatIsRefusedHoldsUpNothingThatFollows() throws Exception {
    refuses = true;
    try (var logs = logs()) {
      logs.offer(GROUP, "s", new Line(5, "lost"));
      assertThat(next().action()).isEqualTo("CreateLogStream");
      assertThat(next().action()).isEqualTo("PutLogEvents");
      refuses = false;
      logs.offer(GROUP, "s", new Line(6, "kept"));

      assertThat(next().action()).isEqualTo("CreateLogStream");
      assertThat(next().body().path("logEvents").path(0).path("message").asString(""))
          .isEqualTo("kept");
    }
  }
}
