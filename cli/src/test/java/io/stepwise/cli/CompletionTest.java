package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/** What a shell offers, as bash itself computes it. */
final class CompletionTest {
  private static final String LIST =
      """
      EXECUTION            STATUS     STARTED               DURATION
      OrderFlow:first-run  SUCCEEDED  2026-01-01T00:00:00Z  5.0s
      Report:nightly       FAILED     2026-01-01T00:00:00Z  5.0s
      """;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stepwise sta | start",
        "stepwise executions fo | follow",
        "stepwise validate --format s | sarif",
        "stepwise validate --type EXP | EXPRESS",
        "stepwise start --clock vir | virtual",
        "stepwise start --log-format j | json",
        "stepwise executions list --status FA | FAILED",
        "stepwise executions list Ord | OrderFlow",
        "stepwise executions follow Rep | Report:nightly",
        "stepwise executions history Report:ni | nightly",
        "stepwise executions history --payloads fu | full",
        "stepwise completion fi | fish",
        "stepwise run --skip | --skip-time",
        "stepwise run flo | flow.json",
        "stepwise run x --mock flo | flow.json",
        "stepwise help exec | executions",
      })
  void bashOffers(String line, String offered) throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("bash", "-c", "type complete"), "bash is not there: skipped");
    Files.writeString(folder.resolve("flow.json"), "");
    Files.writeString(
        folder.resolve("completion.bash"),
        CompletionScript.bash(Main.commandLine().getCommandSpec()));
    var script =
        """
        source completion.bash
        stepwise() { cat <<'LIST'
        %sLIST
        }
        COMP_LINE='%s'
        COMP_POINT=${#COMP_LINE}
        COMP_WORDS=($COMP_LINE)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _stepwise
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(LIST, line);

    var ending = Commands.run(folder, List.of("bash", "-c", script));

    assertThat(ending.text().strip()).isEqualTo(offered);
  }

  @Test
  void fishIsToldOfEveryCommandAndValue() {
    var root = Main.commandLine().getCommandSpec();

    var fish = CompletionScript.fish(root);

    for (CommandSpec command : List.of(root)) {
      command
          .subcommands()
          .keySet()
          .forEach(name -> assertThat(fish).contains(" -a " + name + " "));
    }
    assertThat(fish)
        .contains(
            "'__fish_seen_subcommand_from executions; and __fish_seen_subcommand_from list' -l"
                + " status -r -a 'RUNNING SUCCEEDED FAILED TIMED_OUT ABORTED PENDING_REDRIVE'")
        .contains("-l clock -r -a 'real virtual'")
        .doesNotContain("VIRTUAL", "SARIF");
  }

  @Test
  void zshSetsUpBashsCompletionFirst() {
    assertThat(CompletionScript.zsh(Main.commandLine().getCommandSpec()))
        .startsWith("autoload -U +X bashcompinit");
  }
}
