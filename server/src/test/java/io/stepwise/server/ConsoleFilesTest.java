package io.stepwise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.config.ServerConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Browsers are shown the console and nothing beside it; clients of the API are answered as ever.
 */
final class ConsoleFilesTest {
  private static final String BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
  private static final String PAGE = "<!doctype html><title>Console</title>";
  private static final String SCRIPT = "console.log('" + "x".repeat(2_000) + "')";

  private static StepwiseServer server;
  private static int port;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    var dist = Files.createDirectories(folder.resolve("dist"));
    Files.writeString(folder.resolve("secret.json"), "{\"secret\":true}");
    Files.writeString(dist.resolve("index.html"), PAGE);
    Files.writeString(dist.resolve("favicon.svg"), "<svg/>");
    var assets = Files.createDirectories(dist.resolve("assets"));
    Files.writeString(assets.resolve("index-1a2b.js"), SCRIPT);
    Files.write(assets.resolve("index-1a2b.js.gz"), packed(SCRIPT));
    Files.createSymbolicLink(assets.resolve("link.json"), folder.resolve("secret.json"));
    server = new StepwiseServer(ServerConfig.builder().consoleFolder(Optional.of(dist)).build());
    port = server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsThePageAtItsOwnPaths() throws IOException, InterruptedException {
    for (var path :
        new String[] {
          "/",
          "/?search=a",
          "/state-machines",
          "/state-machines/arn:aws:states:us-east-1:123456789012:stateMachine:a%20b",
          "/executions/arn:aws:states:us-east-1:123456789012:execution:a:b?state=X",
          "/map-runs/arn:aws:states:us-east-1:123456789012:mapRun:a%2Fb:c",
          "/activities",
          "/test-state"
        }) {
      var page = get(path, "Accept", BROWSER);

      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(text(page)).isEqualTo(PAGE);
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }
    assertThat(get("/nope", "Accept", BROWSER).statusCode()).isEqualTo(404);
    assertThat(get("/executionsX", "Accept", BROWSER).statusCode()).isEqualTo(404);
  }

  @Test
  void allowsNothingInlineAndNothingFromElsewhere() throws IOException, InterruptedException {
    var policy =
        get("/", "Accept", BROWSER).headers().firstValue("Content-Security-Policy").orElse("");

    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("unsafe", "data:", "http:", "https:", "*");
  }

  @Test
  void sendsFilesPackedAndForEver() throws IOException, InterruptedException {
    var packed = get("/assets/index-1a2b.js", "Accept-Encoding", "gzip, deflate, br");

    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(packed.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(packed.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(packed.body().length).isLessThan(200);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(SCRIPT.getBytes(UTF_8));

    var plain = get("/assets/index-1a2b.js", "Accept", "*/*");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(text(plain)).isEqualTo(SCRIPT);
  }

  @Test
  void sendsWhatTheBrowserHasOnlyOnce() throws IOException, InterruptedException {
    var tag = get("/", "Accept", BROWSER).headers().firstValue("ETag").orElseThrow();
    var again = get("/", "Accept", BROWSER, "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void nothingBesideItsFilesIsReached() throws IOException, InterruptedException {
    for (var path :
        new String[] {
          "/assets/../../secret.json",
          "/assets/%2e%2e/%2e%2e/secret.json",
          "/assets/..%2f..%2fsecret.json",
          "/assets/..\\..\\secret.json",
          "/assets//../../secret.json",
          "/assets/link.json",
          "/assets/",
          "/assets/index-1a2b.js.gz",
          "/assets/index.html%00.js"
        }) {
      assertThat(raw(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("secret\":true");
    }
  }

  @Test
  void clientsOfTheApiAreAnsweredAsBefore() throws IOException, InterruptedException {
    assertThat(get("/", "Accept", "*/*").statusCode()).isEqualTo(400);
    assertThat(text(get("/health", "Accept", BROWSER))).startsWith("{\"status\"");
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
              .header("Accept", BROWSER)
              .header("X-Amz-Target", "AWSStepFunctions.ListStateMachines")
              .header("Content-Type", "application/x-amz-json-1.0")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("{\"stateMachines\":[]}");
    }
  }

  @Test
  void linksFromOtherSitesLeadToPagesOnly() throws IOException {
    var visit =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document";

    assertThat(raw("/executions/arn:aws:x", "Accept: text/html\r\n" + visit))
        .startsWith("HTTP/1.1 200");
    assertThat(raw("/health", "Accept: text/html\r\n" + visit)).startsWith("HTTP/1.1 403");
    assertThat(raw("/assets/index-1a2b.js", "Sec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 403");
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .headers(headers)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  /** The answer to a path that a client in Java would not send. */
  private static String raw(String path, String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var head =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
