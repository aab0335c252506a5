package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.SyncExecutionStatus;

/** The clients of our users work unchanged, only pointed at the server. */
final class ClientsIT {
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
  void javaSdkCreatesRunsAndReads() throws InterruptedException {
    try (var client = server().client()) {
      var definition = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
      var machine =
          client
              .createStateMachine(
                  b -> b.name("java").definition(definition).roleArn("arn:aws:iam::1:role/r"))
              .stateMachineArn();
      var execution =
          client
              .startExecution(b -> b.stateMachineArn(machine).name("one").input("{\"a\":1}"))
              .executionArn();
      while (client.describeExecution(b -> b.executionArn(execution)).status()
          == ExecutionStatus.RUNNING) {
        TimeUnit.MILLISECONDS.sleep(5);
      }

      assertThat(client.describeExecution(b -> b.executionArn(execution)).output())
          .isEqualTo("{\"a\":1}");
      assertThat(client.getExecutionHistoryPaginator(b -> b.executionArn(execution)).events())
          .extracting(event -> event.type())
          .containsExactly(
              HistoryEventType.EXECUTION_STARTED,
              HistoryEventType.PASS_STATE_ENTERED,
              HistoryEventType.PASS_STATE_EXITED,
              HistoryEventType.EXECUTION_SUCCEEDED);
      assertThatExceptionOfType(ExecutionAlreadyExistsException.class)
          .isThrownBy(
              () -> client.startExecution(b -> b.stateMachineArn(machine).name("one").input("{}")));

      var express =
          client
              .createStateMachine(
                  b ->
                      b.name("java-express")
                          .type(StateMachineType.EXPRESS)
                          .definition(definition)
                          .roleArn("arn:aws:iam::1:role/r"))
              .stateMachineArn();
      var answer = client.startSyncExecution(b -> b.stateMachineArn(express).input("{\"b\":2}"));
      assertThat(answer.status()).isEqualTo(SyncExecutionStatus.SUCCEEDED);
      assertThat(answer.output()).isEqualTo("{\"b\":2}");
    }
  }

  @Test
  void boto3WorksADay() throws IOException, InterruptedException {
    assumeTrue(succeeds("python3", "-c", "import boto3"), "boto3 is not installed: skipped");

    assertThat(run("python3", resource("boto3_scenario.py"))).contains("calls");
  }

  @Test
  void awsCliTakesItsFirstSteps() throws IOException, InterruptedException {
    assumeTrue(succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");

    assertThat(run("bash", resource("aws_cli_scenario.sh"))).contains("got along");
  }

  private static String resource(String name) throws IOException {
    try (var in = ClientsIT.class.getResourceAsStream("/clients/" + name)) {
      if (in == null) {
        throw new IOException("Expected the resource " + name);
      }
      var file = folder.resolve(name);
      Files.write(file, in.readAllBytes());
      return file.toString();
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return process(command).waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    var process = process(command);
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Process process(String... command) throws IOException {
    var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("AWS_ENDPOINT_URL_SFN", server().endpoint().toString());
    environment.put("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return builder.start();
  }
}
