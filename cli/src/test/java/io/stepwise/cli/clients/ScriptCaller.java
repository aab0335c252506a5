package io.stepwise.cli.clients;

import io.stepwise.expression.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A script in another language that makes the calls it reads, a line each. */
public final class ScriptCaller implements Caller {
  private final Process process;
  private final BufferedReader answers;

  /** Starts a script in a folder. */
  public ScriptCaller(Path folder, List<String> command) throws IOException {
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public JsonNode call(String operation, JsonNode input) throws IOException {
    var asked = Json.nodes().objectNode().put("call", operation);
    asked.set("input", input);
    var out = process.getOutputStream();
    out.write((Json.print(asked) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("The script has ended, at " + operation);
    }
    return Json.parseTrusted(line);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
