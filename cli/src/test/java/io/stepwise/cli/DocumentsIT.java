package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.Commands;
import io.stepwise.cli.clients.JavaScriptSdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The snippets of the README and of docs run as they stand, in the order of the documents, against
 * one server: what a newcomer does.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DocumentsIT {
  /** Languages of which every snippet has a test. */
  private static final Set<String> RUN = Set.of("sh", "ini", "python", "java", "js", "hcl", "xml");

  /** What the tests of this class run, and what others do. */
  private static final List<String> TESTED =
      List.of(
          "aws stepfunctions create-state-machine",
          "export AWS_ENDPOINT_URL_SFN",
          "[profile local]",
          "aws --profile local",
          "import boto3",
          "SfnClient.builder()",
          "new SFNClient(",
          "resource \"aws_sfn_state_machine\"",
          "start --clock virtual",
          "zip-file fileb://charge.zip",
          "S3Bucket=local",
          "aws logs create-log-group",
          // OutsideProjectIT
          "<artifactId>testkit</artifactId>",
          "class ReminderTest",
          // RecipesIT
          "export STEPWISE=");

  /** Scripts that a test can't run: it is run by one of them, or they build and install. */
  private static final Set<String> SCRIPTS = Set.of("bin/run", "bin/test", "bin/install");

  @TempDir private static Path folder = Path.of("");
  private static @Nullable ServerProcess process;

  /** What {@code bin/run} starts: a server with its examples. */
  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    process = new ServerProcess(folder, "--account", "123456789012");
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
  @Order(1)
  void everySnippetHasATest() throws IOException {
    var untested =
        Snippet.all().stream()
            .filter(snippet -> RUN.contains(snippet.language()))
            .filter(snippet -> !SCRIPTS.contains(snippet.text().strip()))
            .filter(snippet -> TESTED.stream().noneMatch(snippet.text()::contains))
            .map(snippet -> snippet.document() + ":\n" + snippet.text())
            .collect(Collectors.joining("\n"));

    assertThat(untested).isEmpty();
  }

  @Test
  @Order(2)
  void theCommandsOfTheReadmeWork() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");

    var shown = shell(Snippet.of("README.md", "aws stepfunctions create-state-machine"));

    assertThat(shown).contains("OrderFlow", "stateMachine:hello", "execution:hello");
  }

  @Test
  @Order(3)
  void theAwsCliWorks() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");

    assertThat(shell(Snippet.of("clients.md", "export AWS_ENDPOINT_URL_SFN")))
        .contains("OrderFlow");
  }

  @Test
  @Order(4)
  void theProfileOfTheAwsCliWorks() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");
    var config =
        Files.writeString(
            folder.resolve("config"), Snippet.of("clients.md", "[profile local]").at(port()));

    var shown =
        shell(
            "export AWS_CONFIG_FILE='" + config + "' AWS_SHARED_CREDENTIALS_FILE=/dev/null\n",
            Snippet.of("clients.md", "aws --profile local"));

    assertThat(shown).contains("OrderFlow");
  }

  @Test
  @Order(5)
  void boto3Works() throws IOException, InterruptedException {
    assumeTrue(
        Commands.succeeds("python3", "-c", "import boto3"), "boto3 is not installed: skipped");
    var script =
        Files.writeString(
            folder.resolve("snippet.py"), Snippet.of("clients.md", "import boto3").at(port()));

    assertThat(passes(folder, "python3", script.toString())).contains("OrderFlow");
  }

  @Test
  @Order(6)
  void theAwsSdkForJavaWorks() throws IOException, InterruptedException {
    var lines = Snippet.of("clients.md", "SfnClient.builder()").at(port()).lines().toList();
    var source =
        Stream.of(
                lines.stream().filter(line -> line.startsWith("import ")),
                Stream.of("void main() {"),
                lines.stream().filter(line -> !line.startsWith("import ")),
                Stream.of("}"))
            .flatMap(part -> part)
            .collect(Collectors.joining("\n"));
    var file = Files.writeString(folder.resolve("Snippet.java"), source);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    var shown = passes(folder, java, "-cp", System.getProperty("java.class.path"), file.toString());

    assertThat(shown).contains("OrderFlow");
  }

  @Test
  @Order(7)
  void theAwsSdkForJavaScriptWorks() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("node", "--version"), "Node.js is not installed: skipped");
    assumeTrue(
        JavaScriptSdk.isThere(), "@aws-sdk/client-sfn is not there and npm cannot get it: skipped");
    Files.writeString(
        JavaScriptSdk.FOLDER.resolve("snippet.mjs"),
        Snippet.of("clients.md", "new SFNClient(").at(port()));

    assertThat(passes(JavaScriptSdk.FOLDER, "node", "snippet.mjs")).contains("OrderFlow");
  }

  @Test
  @Order(8)
  void terraformWorksAfterAllOfThat() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("terraform", "version"), "Terraform is not installed: skipped");
    var plugins = TerraformIT.plugins();
    assumeTrue(
        plugins.isPresent(),
        "no folder with Terraform's AWS provider (TF_PLUGIN_DIR names one): skipped");
    var place = Files.createDirectories(folder.resolve("terraform"));
    Files.writeString(
        place.resolve("main.tf"),
        Snippet.of("clients.md", "resource \"aws_sfn_state_machine\"").at(port()));

    passes(place, "terraform", "init", "-no-color", "-plugin-dir=" + plugins.get());
    passes(place, "terraform", "apply", "-no-color", "-auto-approve");

    try (var client = server().client()) {
      assertThat(client.listStateMachines().stateMachines())
          .anySatisfy(machine -> assertThat(machine.name()).isEqualTo("terraform-work"));
    }
  }

  @Test
  @Order(10)
  void functionsOfTheDocumentAnswer() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");
    assumeTrue(Commands.succeeds("node", "--version"), "Node.js is not installed: skipped");
    var deployed = Snippet.of("functions.md", "zip-file fileb://charge.zip");

    assertThat(shell(deployed)).contains("{\"charged\":7}");

    var access = deployed.at(port()).substring(0, deployed.at(port()).indexOf("echo "));
    var shown = shell(access, Snippet.of("functions.md", "S3Bucket=local"));
    assertThat(shown).contains("function:edited", "\"State\": \"Active\"");
  }

  @Test
  @Order(11)
  void logGroupsOfTheDocumentAreThere() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("aws", "--version"), "the AWS CLI is not installed: skipped");

    assertThat(shell(Snippet.of("logs.md", "aws logs create-log-group")))
        .contains("\"events\": []");
  }

  @Test
  @Order(9)
  void aServerWithAVirtualClockStarts() throws IOException, InterruptedException {
    var line = Snippet.of("testing.md", "start --clock virtual").text().strip();
    assertThat(line).startsWith("bin/stepwise ");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-Xss2m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.stepwise.cli.Main"));
    command.addAll(List.of(line.substring("bin/stepwise ".length()).split(" ")));
    var started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = started.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.lines().takeWhile(shown -> !shown.startsWith("Stop:")))
          .anySatisfy(shown -> assertThat(shown).contains("clock      virtual"));
    } finally {
      started.destroy();
      started.waitFor();
    }
  }

  private static int port() {
    return server().endpoint().getPort();
  }

  private static String shell(Snippet snippet) throws IOException, InterruptedException {
    return shell("", snippet);
  }

  private static String shell(String before, Snippet snippet)
      throws IOException, InterruptedException {
    return passes(folder, "bash", "-c", "set -eu\n" + before + snippet.at(port()));
  }

  private static String passes(Path where, String... command)
      throws IOException, InterruptedException {
    var ending = Commands.run(where, List.of(command));
    assertThat(ending.code()).as(ending.text()).isZero();
    return ending.text();
  }
}
