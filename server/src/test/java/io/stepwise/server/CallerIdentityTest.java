package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Tools ask who they are before anything else. */
final class CallerIdentityTest {

  @Test
  void tellsTheAccountThatAKeyStandsFor() throws IOException, InterruptedException {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();

      assertThat(ask(port, "AKIAIOSFODNN7EXAMPLE"))
          .contains(
              "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn>"
                  + "<UserId>123456789012</UserId><Account>123456789012</Account>");
      assertThat(ask(port, "000000000042")).contains("<Account>000000000042</Account>");
    }
  }

  private static String ask(int port, String key) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + key
                    + "/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0")
            .POST(
                HttpRequest.BodyPublishers.ofString("Action=GetCallerIdentity&Version=2011-06-15"))
            .build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
