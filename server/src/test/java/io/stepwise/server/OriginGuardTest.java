package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginGuardTest {
  private final OriginGuard guard =
      new OriginGuard(
          (request, responder) -> responder.respond(200, "text/plain", "answered"),
          Set.of("stepwise.example.com"),
          Set.of("https://app.example.com"));

  private record Answer(int status, Map<String, String> headers, String body) {}

  private Answer ask(String method, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (var i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    var answers = new Answer[1];
    guard.handle(
        Request.of(method, "/", all, new byte[0]),
        new Responder() {
          @Override
          public void respond(
              int status, @Nullable String contentType, Map<String, String> more, byte[] body) {
            answers[0] = new Answer(status, more, new String(body, StandardCharsets.UTF_8));
          }

          @Override
          public void onClose(Runnable action) {}
        });
    return answers[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8083",
        "[::1]",
        "[::1]:8083",
        "192.168.1.7:8083",
        "localhost",
        "LocalHost:8083",
        "localhost.",
        "a.b.localhost:8083",
        "sfn",
        "sync-sfn:8083",
        "sync-localhost:8083",
        "sync-127.0.0.1:8083",
        "states.us-east-1.amazonaws.com",
        "sync-states.us-east-1.amazonaws.com",
        "states.cn-north-1.amazonaws.com.cn",
        "bucket.s3.eu-west-1.amazonaws.com",
        "stepwise.example.com",
        "sync-stepwise.example.com:80"
      })
  void namesThatNobodyCanBuyAreAnswered(String host) {
    assertThat(ask("POST", "Host", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8083",
        "127.0.0.1.evil.example",
        "1.2.3.4.5",
        "localhost.evil.example",
        "amazonaws.com.evil.example",
        "evilamazonaws.com",
        "notlocalhost.com",
        "other.example.com"
      })
  void namesOfOthersAreRefused(String host) {
    var answer = ask("POST", "Host", host, "X-Amz-Target", "AWSStepFunctions.ListActivities");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"__type\":\"AccessDeniedException\"", "--allow-host");
  }

  @Test
  void aNameLongerThanNamesAreIsRefused() {
    assertThat(ask("POST", "Host", "a.".repeat(4_000) + "amazonaws.com").status()).isEqualTo(403);
  }

  @Test
  void aPageOfAnotherOriginIsRefused() {
    for (var origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:9999", "x"}) {
      var answer = ask("POST", "Host", "127.0.0.1:8083", "Origin", origin);

      assertThat(answer.status()).as(origin).isEqualTo(403);
      assertThat(answer.body()).contains("--allow-origin");
    }
    assertThat(ask("POST", "Host", "evil.example", "Origin", "http://evil.example").status())
        .isEqualTo(403);
  }

  @Test
  void aPageOfThisHostIsAnswered() {
    assertThat(ask("POST", "Host", "127.0.0.1:8083", "Origin", "http://127.0.0.1:8083").status())
        .isEqualTo(200);
    assertThat(ask("POST", "Host", "localhost", "Origin", "http://localhost").status())
        .isEqualTo(200);
    assertThat(
            ask(
                    "GET",
                    "Host",
                    "localhost:80",
                    "Sec-Fetch-Site",
                    "same-origin",
                    "Origin",
                    "http://localhost")
                .status())
        .isEqualTo(200);
  }

  @Test
  void whatAnotherSiteFetchesIsRefusedButALinkToTheStartPageIsFollowed() {
    assertThat(ask("GET", "Host", "localhost", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(
            ask(
                    "GET",
                    "Host",
                    "localhost",
                    "Sec-Fetch-Site",
                    "cross-site",
                    "Sec-Fetch-Mode",
                    "navigate",
                    "Sec-Fetch-Dest",
                    "document")
                .status())
        .isEqualTo(200);
    assertThat(
            ask(
                    "POST",
                    "Host",
                    "localhost",
                    "Sec-Fetch-Site",
                    "cross-site",
                    "Sec-Fetch-Mode",
                    "navigate",
                    "Sec-Fetch-Dest",
                    "document")
                .status())
        .isEqualTo(403);
  }

  @Test
  void aPageOfAnAllowedOriginMayReadTheAnswer() {
    var answer =
        ask(
            "POST",
            "Host",
            "localhost",
            "Origin",
            "https://app.example.com",
            "Sec-Fetch-Site",
            "cross-site");
    var preflight =
        ask(
            "OPTIONS",
            "Host",
            "localhost",
            "Origin",
            "https://app.example.com",
            "Access-Control-Request-Headers",
            "x-amz-target,content-type");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Access-Control-Allow-Origin", "https://app.example.com");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("Access-Control-Allow-Headers", "x-amz-target,content-type");
  }

  @Test
  void whatIsShownOfAHostIsPrintable() {
    var answer = ask("POST", "Host", "evil.\u00e9\u00fc.example");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("\u00e9").contains("evil.??.example");
  }
}
