package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.expression.Json;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET /_stepwise/monitoring}: figures that outlive the server. */
final class MonitoringTest {
  private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:";

  @TempDir private Path folder = Path.of("");

  private static HttpResponse<String> ask(int port, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode figures(int port, String query) throws Exception {
    var answer = ask(port, "/_stepwise/monitoring" + query, "X-Stepwise-Admin", "test");
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  /** One that succeeds as probe0, one that fails as probe1. */
  private static void run(int port) throws IOException, InterruptedException {
    var probe = new CoverageProbe(port);
    probe.errorOf(Json.nodes().objectNode().put("Type", "Pass"));
    probe.errorOf(
        Json.nodes()
            .objectNode()
            .put("Type", "Task")
            .put("Resource", "arn:aws:lambda:us-east-1:123456789012:function:nobody"));
  }

  @Test
  void countsWhatExecutionsDidByMachineAndTogether() throws Exception {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();
      run(port);

      var all = figures(port, "?range=1h");
      assertThat(all.path("stepSeconds").asInt(0)).isEqualTo(60);
      assertThat(all.path("total").path("started").asInt(0)).isEqualTo(2);
      assertThat(all.path("total").path("succeeded").asInt(0)).isEqualTo(1);
      assertThat(all.path("total").path("failed").asInt(0)).isEqualTo(1);
      assertThat(all.path("total").path("transitions").asInt(0)).isEqualTo(2);
      assertThat(all.path("billedThisMonth").asInt(0)).isEqualTo(2);
      assertThat(all.path("series").path("started")).hasSize(60);
      assertThat(all.path("total").path("p95").isNumber()).isTrue();
      assertThat(all.path("integrations").path(0).path("name").asString("")).isEqualTo("lambda");
      assertThat(all.path("integrations").path(0).path("failed").asInt(0)).isEqualTo(1);

      var one = figures(port, "?range=1d&stateMachineArn=" + MACHINE + "probe0");
      assertThat(one.path("total").path("started").asInt(0)).isEqualTo(1);
      assertThat(one.path("total").path("failed").asInt(-1)).isZero();

      var each = figures(port, "/state-machines?range=1w").path("stateMachines");
      assertThat(each).hasSize(2);
      assertThat(each.path(0).path("lastDay").path("started")).hasSize(24);
    }
  }

  @Test
  void figuresOutliveTheServer() throws Exception {
    var config = ServerConfig.builder().dataFolder(Optional.of(folder.resolve("data"))).build();
    try (var server = new StepwiseServer(config)) {
      run(server.start());
    }

    try (var server = new StepwiseServer(config)) {
      var all = figures(server.start(), "?range=2w");

      assertThat(all.path("total").path("started").asInt(0)).isEqualTo(2);
      assertThat(all.path("total").path("failed").asInt(0)).isEqualTo(1);
      assertThat(all.path("billedThisMonth").asInt(0)).isEqualTo(2);
    }
  }

  @Test
  void aResetForgetsThem() throws Exception {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();
      run(port);
      server.reset();

      assertThat(figures(port, "?range=1h").path("total").path("started").asInt(-1)).isZero();
    }
  }

  @Test
  void saysWhatItExpects() throws Exception {
    try (var server = new StepwiseServer(ServerConfig.builder().build())) {
      var port = server.start();

      assertThat(ask(port, "/_stepwise/monitoring").statusCode()).isEqualTo(403);
      var refused = ask(port, "/_stepwise/monitoring?range=9y", "X-Stepwise-Admin", "test");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("1h, 3h, 12h, 1d, 3d, 1w or 2w");
    }
  }
}
