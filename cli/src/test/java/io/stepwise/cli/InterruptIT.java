package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is told to end before it has ended says so, in a pipe and on a terminal. */
final class InterruptIT {
  private static final String WAITING =
      "{\"StartAt\": \"W\", \"States\": {\"W\": {\"Type\": \"Wait\", \"Seconds\": 600, \"End\": true}}}";

  @TempDir private Path folder = Path.of("");

  @Test
  void saysSoInAPipe() throws IOException, InterruptedException {
    assertThat(interrupted(run()))
        .contains("WaitStateEntered", "Interrupted: the execution had not ended.");
  }

  @Test
  void drawsSoOnATerminalAndGivesTheCursorBack() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("script", "--version"), "script is not installed: skipped");

    assertThat(interrupted(List.of("script", "-qec", String.join(" ", run()), "/dev/null")))
        .contains("INTERRUPTED", "Interrupted: the execution had not ended.", "\u001b[?25h");
  }

  private List<String> run() throws IOException {
    var definition = Files.writeString(folder.resolve("w.json"), WAITING);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xss2m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "io.stepwise.cli.Main",
        "run",
        definition.toString());
  }

  /** Starts a command, and ends the run in it once that waits; returns what was shown. */
  private String interrupted(List<String> command) throws IOException, InterruptedException {
    var shown = folder.resolve("shown.txt");
    var builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(shown.toFile());
    builder.environment().put("TERM", "xterm");
    var process = builder.start();
    try {
      for (var i = 0; i < 300 && !Files.readString(shown).contains("Wait"); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      // The run is the last one below: a terminal's program has a shell between.
      var below = process.descendants().toList();
      (below.isEmpty() ? process.toHandle() : below.getLast()).destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return Files.readString(shown);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
