package io.stepwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.cli.clients.Commands;
import io.stepwise.cli.clients.JavaScriptSdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for tests in other languages pass as they stand in {@code docs/recipes}. */
final class RecipesIT {
  private static final Path RECIPES = Path.of("..", "docs", "recipes");

  @TempDir private Path folder = Path.of("");

  @Test
  void pytestFixtureStartsAServerAndSkipsAWeek() throws IOException, InterruptedException {
    assumeTrue(
        Commands.succeeds("python3", "-c", "import boto3, pytest"),
        "boto3 or pytest is not installed: skipped");
    copy("pytest", folder);

    passes(folder, "python3", "-m", "pytest", "-q", "-p", "no:cacheprovider");
  }

  @Test
  void nodeTestStartsAServerAndSkipsAWeek() throws IOException, InterruptedException {
    assumeTrue(Commands.succeeds("node", "--version"), "Node.js is not installed: skipped");
    assumeTrue(
        JavaScriptSdk.isThere(), "@aws-sdk/client-sfn is not there and npm cannot get it: skipped");
    copy("node", JavaScriptSdk.FOLDER);

    passes(JavaScriptSdk.FOLDER, "node", "--test", "reminder.test.mjs");
  }

  private static void copy(String recipe, Path into) throws IOException {
    try (var files = Files.list(RECIPES.resolve(recipe))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void passes(Path where, String... command) throws IOException, InterruptedException {
    var line = "STEPWISE='%s' exec %s".formatted(stepwise(), String.join(" ", List.of(command)));
    var ending = Commands.run(where, List.of("sh", "-c", line));

    assertThat(ending.code()).as(ending.text()).isZero();
  }

  /** A command that is what {@code bin/stepwise} is, from the classes under test. */
  private Path stepwise() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var script =
        "#!/bin/sh\nexec '%s' -Xss2m --enable-native-access=ALL-UNNAMED -cp '%s' io.stepwise.cli.Main \"$@\"\n"
            .formatted(java, System.getProperty("java.class.path"));
    var file = Files.writeString(folder.resolve("stepwise"), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
