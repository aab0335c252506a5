package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stepwise.expression.Json;
import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.Environment;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Commands that ask a server notice when it is another one. */
final class ServerAccessTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>hello</html>", "", "{}", "[]", "\"done\"", "{\"message\":\"fine\"}"})
  void aBackupSucceedsOnlyWithTheAnswerOfStepwise(String answer) throws IOException {
    try (var other = new Other(200, answer)) {
      var shown = Invocation.of("backup", "" + folder.resolve("b"), "--endpoint-url", other.url());

      assertThat(shown.code()).isEqualTo(2);
      assertThat(shown.out()).isEmpty();
      assertThat(shown.err())
          .contains("Expected a Stepwise server at " + other.url())
          .doesNotContainPattern(MisuseTest.JAVA);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 500})
  void executionsOfAnotherServerAreRefusedInASentence(int status) throws IOException {
    try (var other = new Other(status, "<!doctype html><title>Not found</title>")) {
      for (var command : new String[] {"list", "follow", "history"}) {
        var shown =
            command.equals("list")
                ? Invocation.of("executions", command, "--endpoint-url", other.url())
                : Invocation.of("executions", command, "a:b", "--endpoint-url", other.url());

        assertThat(shown.code()).isEqualTo(2);
        assertThat(shown.err())
            .contains("what answers there is none (status " + status)
            .doesNotContainPattern(MisuseTest.JAVA);
      }
    }
  }

  @Test
  void theEnvironmentNamesTheServerAsForTheAwsCli() throws InterruptedException {
    var access = new ServerAccess();
    var both =
        Map.of("AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:1", "AWS_ENDPOINT_URL", "http://other");

    assertThat(asked(access, new Environment(both))).contains("http://127.0.0.1:1,");
    assertThat(asked(access, new Environment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:2"))))
        .contains("http://127.0.0.1:2,");
    assertThat(asked(access, new Environment(Map.of("AWS_ENDPOINT_URL_SFN", "nonsense"))))
        .isEqualTo(
            "Expected a URL such as http://127.0.0.1:8083 in AWS_ENDPOINT_URL_SFN, got 'nonsense'");
  }

  private static String asked(ServerAccess access, Environment environment)
      throws InterruptedException {
    try {
      access.with(environment, api -> 0 * api.call("ListStateMachines", empty()).size());
      return "";
    } catch (CommandProblem e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static ObjectNode empty() {
    return Json.nodes().objectNode();
  }

  @Test
  void functionsAreListedAndCalled() throws IOException {
    var code = Files.createDirectories(folder.resolve("functions/greet"));
    Files.writeString(
        code.resolve("bootstrap"),
        """
        #!/bin/sh
        api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
        while :; do
          id=$(curl -sD - -o event "$api/invocation/next" | sed -n 's/^lambda-runtime-aws-request-id: //Ip' | tr -d '\\r')
          echo "greets"
          curl -s --data-binary @event "$api/invocation/$id/response" > answer
        done
        """
            .replace(" event ", " $TMPDIR/event ")
            .replace("@event", "@$TMPDIR/event")
            .replace("> answer", "> $TMPDIR/answer"));
    assertThat(code.resolve("bootstrap").toFile().setExecutable(true)).isTrue();
    var config =
        ServerConfig.builder().functionsFolder(Optional.of(folder.resolve("functions"))).build();
    try (var server = new StepwiseServer(config)) {
      var url = "http://127.0.0.1:" + server.start();

      var listed = Invocation.of("functions", "list", "--endpoint-url", url);
      var called =
          Invocation.of(
              "functions",
              "invoke",
              "greet",
              "--payload",
              "{\"a\":1}",
              "--tail",
              "--endpoint-url",
              url);
      var missing = Invocation.of("functions", "invoke", "none", "--endpoint-url", url);

      assertThat(listed.out()).isEqualTo("greet  provided.al2023  bootstrap\n");
      assertThat(called.out()).isEqualTo("{\"a\":1}\n");
      assertThat(called.err()).contains("START RequestId", "greets", "REPORT RequestId");
      assertThat(called.code()).isZero();
      assertThat(missing.code()).isEqualTo(2);
      assertThat(missing.err()).contains("ResourceNotFoundException: Function not found: ");
    }
  }

  @Test
  void aBackupIsMadeAndOneThatCanNotBeMadeSaysWhy() throws IOException {
    var config = ServerConfig.builder().dataFolder(Optional.of(folder.resolve("data"))).build();
    try (var server = new StepwiseServer(config)) {
      var url = "http://127.0.0.1:" + server.start();
      var copy = folder.resolve("copy");

      var made = Invocation.of("backup", "" + copy, "--endpoint-url", url);
      var again = Invocation.of("backup", "" + copy, "--endpoint-url", url);
      var nowhere = Invocation.of("backup", "/proc/nope", "--endpoint-url", url);

      assertThat(made.out()).isEqualTo("Backed up to " + copy.toAbsolutePath() + "\n");
      assertThat(made.code()).isZero();
      assertThat(copy.resolve("store")).isDirectory();
      assertThat(again.code()).isEqualTo(2);
      assertThat(again.err()).contains("SW-BACKUP-EXISTS");
      assertThat(nowhere.code()).isEqualTo(2);
      assertThat(nowhere.err())
          .contains("Expected to make the folder, but: ")
          .doesNotContainPattern(MisuseTest.JAVA);
    }
  }

  /** A server of something else. */
  private record Other(HttpServer http) implements AutoCloseable {
    Other(int status, String body) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      http.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      http.start();
    }

    String url() {
      return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
