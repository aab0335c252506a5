package io.stepwise.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** Lines of the log. */
final class LogFormatTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void jsonIsOneWellFormedLineAnEvent() {
    var event = event("expected \"this\",\ngot that", new IllegalStateException("broken"));
    event.setKeyValuePairs(
        List.of(new KeyValuePair("action", "StartExecution"), new KeyValuePair("status", 200)));

    var line = encode(LogFormat.JSON, event);

    assertThat(line).endsWith("\n").containsOnlyOnce("\n");
    var tree = Json.parseTrusted(line);
    assertThat(tree.path("message").asString("")).isEqualTo("expected \"this\",\ngot that");
    assertThat(tree.path("level").asString("")).isEqualTo("WARN");
    assertThat(tree.path("action").asString("")).isEqualTo("StartExecution");
    assertThat(tree.path("status").asInt()).isEqualTo(200);
    assertThat(tree.path("error").asString("")).contains("IllegalStateException: broken");
  }

  @Test
  void textShowsTheMembersOfAnEventAfterItsMessage() {
    var event = event("request", null);
    event.setKeyValuePairs(List.of(new KeyValuePair("status", 200)));

    assertThat(encode(LogFormat.TEXT, event)).endsWith(" request status=200\n");
    assertThat(encode(LogFormat.TEXT, event("plain", null))).endsWith(" plain\n");
  }

  @Test
  void nothingInAMessageOrAnErrorWritesALineOfItsOwn() {
    var event =
        event(
            "a\n2026-01-01 INFO forged\u001b[2J\u2028b",
            new IllegalStateException("x\nforged", new IllegalArgumentException("y\rforged")));
    event.setKeyValuePairs(List.of(new KeyValuePair("error", "e\nforged")));

    var lines = encode(LogFormat.TEXT, event).lines().toList();

    assertThat(lines.getFirst())
        .endsWith("i.s.Some a\\n2026-01-01 INFO forged\\u001b[2J\\u2028b error=e\\nforged");
    assertThat(lines).filteredOn(line -> line.contains("forged")).hasSize(3);
    assertThat(lines)
        .anyMatch(line -> line.equals("Caused by: java.lang.IllegalArgumentException: y\\rforged"));
  }

  private LoggingEvent event(String message, @Nullable Throwable error) {
    var logger = context.getLogger("io.stepwise.Some");
    return new LoggingEvent("", logger, Level.WARN, message, error, null);
  }

  private String encode(LogFormat format, LoggingEvent event) {
    return new String(format.encoder(context).encode(event), StandardCharsets.UTF_8);
  }
}
