package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.AwsCliCaller;
import io.stepwise.cli.clients.Caller;
import io.stepwise.cli.clients.ClientScenario;
import io.stepwise.cli.clients.Commands;
import io.stepwise.cli.clients.JavaScriptSdk;
import io.stepwise.cli.clients.JavaSdkCaller;
import io.stepwise.cli.clients.ScriptCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients of our users work unchanged, only pointed at the server as docs/clients.md says: each
 * makes the same thirty calls.
 */
final class ClientsIT {
  private static final int CALLS = 30;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable ServerProcess process;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    process = new ServerProcess(folder, "--empty", "--account", "123456789012");
    process.start();
  }

  @AfterAll
  static void stopServer() {
    server().close();
  }

  private static ServerProcess server() {
    return Objects.requireNonNull(process);
  }

  @Test
  void theAwsSdkForJavaPlaysTheScenario() throws IOException, InterruptedException {
    plays("java", new JavaSdkCaller(server().client()));
  }

  @Test
  void boto3PlaysTheScenario() throws IOException, InterruptedException {
    assumeTrue(
        Commands.succeeds("python3", "-c", "import boto3"), "boto3 is not installed: skipped");
    var script = resource("boto3_caller.py", folder);

    plays("boto3", new ScriptCaller(folder, List.of("python3", script, endpoint())));
  }

  @Test
  void theAwsCliPlaysTheScenario() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");

    plays("cli", new AwsCliCaller(server().endpoint()));
  }

  @Test
  void theAwsSdkForJavaScriptPlaysTheScenario() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("node", "--version"), "Node.js is not installed: skipped");
    assumeTrue(
        JavaScriptSdk.isThere(), "@aws-sdk/client-sfn is not there and npm cannot get it: skipped");
    var script = resource("javascript_caller.mjs", JavaScriptSdk.FOLDER.toAbsolutePath());

    plays(
        "javascript", new ScriptCaller(JavaScriptSdk.FOLDER, List.of("node", script, endpoint())));
  }

  private static void plays(String client, Caller caller) throws IOException, InterruptedException {
    try (caller) {
      assertThat(new ClientScenario(client).play(caller)).isEqualTo(CALLS);
    }
  }

  private static String endpoint() {
    return server().endpoint().toString();
  }

  private static String resource(String name, Path into) throws IOException {
    try (var in = ClientsIT.class.getResourceAsStream("/clients/" + name)) {
      var file = into.resolve(name);
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
      return file.toString();
    }
  }
}
