package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A browser is told what this is; clients of the API are answered as before. */
final class WelcomePageTest {
  private static final String BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
  private static final StepwiseServer SERVER = new StepwiseServer(ServerConfig.builder().build());
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    port = SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void showsABrowserWhatThisIs() throws IOException, InterruptedException {
    var page = get("/", BROWSER);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Stepwise " + Version.TEXT, "/health", "/metrics", "docs");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
  }

  @Test
  void tellsABrowserThatNothingIsThere() throws IOException, InterruptedException {
    var page = get("/nope", BROWSER);

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("There is nothing at <code>/nope</code>", "/health");
    assertThat(get("/favicon.ico", "image/png").statusCode()).isEqualTo(404);
  }

  @Test
  void loadsNothingAndCanNotBeFramed() throws IOException, InterruptedException {
    var page = get("/", BROWSER);

    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .contains("frame-ancestors 'none'", "form-action 'none'")
                    .doesNotContain("unsafe"));
    assertThat(page.body()).doesNotContain("<script", "src=", "http://", "https://");
  }

  @Test
  void escapesThePath() {
    assertThat(WelcomePage.escaped("/<script>alert('\"&\u0007')"))
        .isEqualTo("/&lt;script&gt;alert(&#39;&quot;&amp;\ufffd&#39;)");
  }

  @Test
  void clientsOfTheApiAreAnsweredAsBefore() throws IOException, InterruptedException {
    assertThat(get("/", "*/*").statusCode()).isEqualTo(400);
    assertThat(get("/health", BROWSER).body()).startsWith("{\"status\"");
    assertThat(get("/metrics", BROWSER).body()).startsWith("#");
  }

  private static HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Accept", accept)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
