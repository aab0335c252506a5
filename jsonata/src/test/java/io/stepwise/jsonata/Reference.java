package io.stepwise.jsonata;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference implementation in a process of Node. */
final class Reference implements AutoCloseable {
  private static final String VERSION = "2.0.6";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Reference(Process process, Map<String, String> datasets) throws IOException {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    for (var dataset : datasets.entrySet()) {
      write(Map.of("name", dataset.getKey(), "data", dataset.getValue()));
    }
  }

  /** One that evaluates on these inputs; empty where Node or the package can't be had. */
  static Optional<Reference> start(Map<String, String> datasets)
      throws IOException, InterruptedException {
    var folder = Path.of("target/reference").toAbsolutePath();
    Files.createDirectories(folder);
    if (!Files.exists(folder.resolve("node_modules/jsonata"))
        && !runs(folder, "npm", "install", "--silent", "--no-save", "jsonata@" + VERSION)) {
      return Optional.empty();
    }
    var script = folder.resolve("reference.js");
    try (var stream = Reference.class.getResourceAsStream("/reference.js")) {
      Files.write(script, Objects.requireNonNull(stream).readAllBytes());
    }
    if (!runs(folder, "node", "--version")) {
      return Optional.empty();
    }
    var process =
        new ProcessBuilder("node", script.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return Optional.of(new Reference(process, datasets));
  }

  private static boolean runs(Path folder, String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroy();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private void write(Map<String, String> request) throws IOException {
    requests.write(MAPPER.writeValueAsString(request) + "\n");
  }

  /** Has an expression evaluated on an input. */
  void ask(String expression, String dataset) throws IOException {
    write(Map.of("e", expression, "d", dataset));
  }

  /** The answer to the first question that has none yet. */
  JsonNode answer() throws IOException {
    requests.flush();
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the reference implementation ended");
    }
    return MAPPER.readTree(line);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
