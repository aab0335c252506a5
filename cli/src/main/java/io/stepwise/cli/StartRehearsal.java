package io.stepwise.cli;

import io.stepwise.expression.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Does once what users do, so that the JVM learns which classes a start needs: {@code run} of a
 * definition, then {@code start} and real requests to the server. For {@code
 * bin/lib/start-cache.sh}.
 */
final class StartRehearsal {
  private static final Duration AT_MOST = Duration.ofMinutes(1);
  private static final String PASS =
      """
      {"StartAt": "Hello", "States": {"Hello": {"Type": "Pass", "Result": {"hello": "world"}, "End": true}}}
      """;

  private StartRehearsal() {}

  /** Expects a folder to write into, and leaves what it writes there. */
  public static void main(String[] arguments) throws Exception {
    endAfter(AT_MOST);
    var folder = Path.of(arguments[0]);
    var definition = Files.writeString(folder.resolve("hello.asl.json"), PASS);
    Main.execute("run", definition.toString());
    var port = freePort();
    Thread.ofPlatform()
        .daemon()
        .start(
            () ->
                Main.execute("start", "--port", "" + port, "--data", folder.resolve("data") + ""));
    try (var api = new SfnApi(URI.create("http://127.0.0.1:" + port))) {
      awaitServer(api);
      use(api);
    }
    System.exit(0);
  }

  private static void use(SfnApi api) throws IOException, InterruptedException, SfnApi.Refused {
    var machine =
        api.call(
                "CreateStateMachine",
                Json.nodes()
                    .objectNode()
                    .put("name", "hello")
                    .put("definition", PASS)
                    .put("roleArn", "arn:aws:iam::123456789012:role/any"))
            .path("stateMachineArn");
    var execution =
        api.call("StartExecution", Json.nodes().objectNode().set("stateMachineArn", machine))
            .path("executionArn");
    api.call("DescribeExecution", Json.nodes().objectNode().set("executionArn", execution));
    api.call("GetExecutionHistory", Json.nodes().objectNode().set("executionArn", execution));
    api.call("ListExecutions", Json.nodes().objectNode().set("stateMachineArn", machine));
  }

  private static void awaitServer(SfnApi api) throws InterruptedException, SfnApi.Refused {
    while (true) {
      try {
        api.call("ListStateMachines", Json.nodes().objectNode());
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A rehearsal that hangs must not stay: nobody looks at it. */
  private static void endAfter(Duration time) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(time);
              } catch (InterruptedException e) {
                return;
              }
              Runtime.getRuntime().halt(1);
            });
  }
}
