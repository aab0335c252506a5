package io.stepwise.cli.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that a test makes use of, where they are installed. */
public final class Commands {
  private Commands() {}

  /** How a program ended, and what it wrote. */
  public record Ending(int code, String text) {}

  /** Runs a program to its end, three minutes at most. */
  public static Ending run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var end = process.onExit().orTimeout(3, TimeUnit.MINUTES);
    end.exceptionally(
        late -> {
          process.destroyForcibly();
          return process;
        });
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ending(process.waitFor(), text);
  }

  /** Whether a program is there and ends well. */
  public static boolean succeeds(String... command) throws InterruptedException {
    try {
      return run(Path.of("."), List.of(command)).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
