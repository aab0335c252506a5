package io.stepwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepwise.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/coverage.md} says what the code does. */
final class CoverageDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "coverage.md");
  private static final Path TEMPLATE = Path.of("src", "test", "resources", "coverage.template.md");

  @Test
  void documentSaysWhatTheCodeDoes() throws IOException, InterruptedException {
    var generated = generate();
    if (Boolean.getBoolean("stepwise.regenerate")) {
      Files.writeString(DOCUMENT, generated);
    }

    assertThat(DOCUMENT)
        .as(
            "docs/coverage.md is out of date. Write it anew with: mvn -pl server -am test"
                + " -Dtest=CoverageDocumentTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dstepwise.regenerate=true")
        .content()
        .isEqualTo(generated);
  }

  private static String generate() throws IOException, InterruptedException {
    var config = ServerConfig.builder().build();
    try (var server = new StepwiseServer(config)) {
      var probe = new CoverageProbe(server.start());
      var tables = new CoverageTables(probe);
      return Files.readString(TEMPLATE)
          .replace("${operations}", tables.operations())
          .replace("${errors}", tables.errors())
          .replace("${unused}", tables.unusedErrors())
          .replace("${states}", tables.states())
          .replace("${integrations}", tables.integrations());
    }
  }
}
