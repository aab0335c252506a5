package io.stepwise.jsonata;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference implementation in a process of Node. */
final class Reference implements AutoCloseable {
  private static final String VERSION = "2.0.6";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Reference(Process process, String data) throws IOException {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    requests.write(MAPPER.writeValueAsString(Map.of("data", data)) + "\n");
  }

  /** One that evaluates on this input; empty where Node or the package can't be had. */
  static Optional<Reference> start(String data) throws IOException, InterruptedException {
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
    return Optional.of(new Reference(process, data));
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

  /** What it makes of these expressions, in order. */
  List<JsonNode> evaluate(List<String> expressions) throws IOException {
    for (var expression : expressions) {
      requests.write(MAPPER.writeValueAsString(Map.of("e", expression)) + "\n");
    }
    requests.flush();
    var results = new ArrayList<JsonNode>();
    for (var i = 0; i < expressions.size(); i++) {
      var line = answers.readLine();
      if (line == null) {
        throw new IOException("the reference implementation ended at " + expressions.get(i));
      }
      results.add(MAPPER.readTree(line));
    }
    return results;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
