package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.StepwiseServer;
import io.stepwise.server.config.Environment;
import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands: their help, their completion, and those that ask a running server. */
final class CommandsTest {

  @Test
  void helpOfEveryCommandHasAnExample() {
    for (var command : commands(Main.commandLine().getCommandSpec())) {
      assertThat(String.join("\n", command.usageMessage().footer()))
          .as(command.qualifiedName())
          .contains("Example", command.qualifiedName());
    }
  }

  @Test
  void executionsOfARunningServerAreListedAndFollowed() throws IOException {
    var environment = new Environment(Map.of());
    var config =
        ServerConfig.builder()
            .account(environment.account())
            .region(environment.region())
            .withExamples(true)
            .waitTimeScale(0.1)
            .build();
    try (var server = new StepwiseServer(config)) {
      var url = "http://127.0.0.1:" + server.start();

      assertThat(execute(url, "list")).isEqualTo(0);
      assertThat(execute(url, "list", "OrderFlow", "--status", "RUNNING")).isEqualTo(0);
      assertThat(execute(url, "list", "NoSuchFlow")).isEqualTo(2);
      assertThat(execute(url, "follow", "OrderFlow:first-run")).isEqualTo(0);
      assertThat(execute(url, "history", "OrderFlow:first-run", "--format", "json")).isEqualTo(0);
      assertThat(execute(url, "history", "OrderFlow:no-such-run")).isEqualTo(2);
    }
  }

  private static int execute(String url, String... arguments) {
    var all = new ArrayList<>(List.of("executions"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint-url", url));
    return Main.commandLine().execute(all.toArray(String[]::new));
  }

  private static List<CommandSpec> commands(CommandSpec command) {
    var commands = new ArrayList<CommandSpec>();
    commands.add(command);
    for (CommandLine line : command.subcommands().values()) {
      if (!line.getCommandName().equals("help")) {
        commands.addAll(commands(line.getCommandSpec()));
      }
    }
    return commands;
  }
}
