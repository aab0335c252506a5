package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Terraform makes, changes, finds unchanged and removes state machines, versions, aliases and
 * activities. IAM and STS are Moto's.
 */
final class TerraformIT {
  @TempDir private static Path folder = Path.of("");

  @Test
  void appliesChangesPlansNothingAndDestroys() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("terraform", "version"), "Terraform is not installed: skipped");
    assumeTrue(Commands.succeeds("moto_server", "--help"), "Moto is not installed: skipped");
    var plugins = plugins();
    assumeTrue(
        plugins.isPresent(),
        "no folder with Terraform's AWS provider (TF_PLUGIN_DIR names one): skipped");
    try (var server = new ServerProcess(folder, "--empty", "--account", "123456789012")) {
      server.start();
      var moto = freePort();
      var others =
          new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", String.valueOf(moto))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("moto.log").toFile())
              .start();
      try (var client = server.client()) {
        awaitPort(moto);
        play(new Terraform(server, moto, plugins.get()), client);
      } finally {
        others.descendants().forEach(ProcessHandle::destroy);
        others.destroy();
      }
    }
  }

  private static void play(Terraform terraform, SfnClient client)
      throws IOException, InterruptedException {
    terraform.run(0, "init", "-plugin-dir=" + terraform.plugins());

    terraform.run(0, "apply", "-auto-approve", "-var=greeting=hello");
    assertThat(definition(client)).contains("hello");
    terraform.run(0, "plan", "-detailed-exitcode", "-var=greeting=hello");

    terraform.run(2, "plan", "-detailed-exitcode", "-var=greeting=good day");
    terraform.run(0, "apply", "-auto-approve", "-var=greeting=good day");
    assertThat(definition(client)).contains("good day");
    terraform.run(0, "plan", "-detailed-exitcode", "-var=greeting=good day");

    terraform.run(0, "destroy", "-auto-approve", "-var=greeting=good day");
    assertThat(client.listStateMachines().stateMachines()).isEmpty();
    assertThat(client.listActivities(b -> b.maxResults(10)).activities()).isEmpty();
  }

  /** The definition that the alias stands for. */
  private static String definition(SfnClient client) {
    var machine = client.listStateMachines().stateMachines().getFirst().stateMachineArn();
    var alias = client.describeStateMachineAlias(b -> b.stateMachineAliasArn(machine + ":live"));
    var version = alias.routingConfiguration().getFirst().stateMachineVersionArn();
    return client.describeStateMachine(b -> b.stateMachineArn(version)).definition();
  }

  /** Terraform in a folder of its own, its provider pointed at two servers. */
  private record Terraform(ServerProcess server, int others, Path plugins) {
    void run(int expected, String command, String... options)
        throws IOException, InterruptedException {
      var place = Files.createDirectories(folder.resolve("terraform"));
      try (var in = TerraformIT.class.getResourceAsStream("/clients/terraform/main.tf")) {
        Files.write(place.resolve("main.tf"), Objects.requireNonNull(in).readAllBytes());
      }
      var line = new ArrayList<>(List.of("terraform", command, "-no-color", "-input=false"));
      line.addAll(List.of(options));
      if (!command.equals("init")) {
        line.add("-var=stepwise=" + server.endpoint());
        line.add("-var=others=http://127.0.0.1:" + others);
      }
      var ending = Commands.run(place, line);
      assertThat(ending.code()).as(ending.text()).isEqualTo(expected);
    }
  }

  /** A folder as {@code terraform init -plugin-dir} takes it, with some AWS provider. */
  static Optional<Path> plugins() {
    var home = System.getProperty("user.home");
    return Stream.of(
            Optional.ofNullable(System.getenv("TF_PLUGIN_DIR")).orElse("/opt/tf-plugins"),
            "/opt/tf-plugins",
            "/usr/local/share/terraform/plugins",
            "/usr/share/terraform/plugins",
            home + "/.terraform.d/plugins",
            home + "/.local/share/terraform/plugins")
        .map(Path::of)
        .filter(path -> Files.isDirectory(path.resolve("registry.terraform.io/hashicorp/aws")))
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
