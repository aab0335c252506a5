package io.stepwise.services.lambda;

import io.stepwise.expression.Json;
import io.stepwise.services.lambda.FolderFunction.Unusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code function.yaml} says of a function; all of it may be left out.
 *
 * @param settings members of a request that creates a function, beside runtime and handler; to be
 *     completed by whoever reads it
 * @param concurrency calls at a time, or null
 */
record FunctionYaml(
    @Nullable String runtime,
    @Nullable String handler,
    ObjectNode settings,
    @Nullable Integer concurrency) {
  /** Its name. */
  static final String FILE = "function.yaml";

  private static final List<String> MEMBERS =
      List.of("runtime", "handler", "timeout", "memory", "environment", "concurrency");

  /** Longest file. Units: bytes. */
  private static final int BYTES_MAX = 64 << 10;

  /** Of a folder; errors: {@link Unusable} with what is wrong and where. */
  static FunctionYaml of(Path folder) throws IOException, Unusable {
    var file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return new FunctionYaml(null, null, Json.nodes().objectNode(), null);
    }
    if (Files.size(file) > BYTES_MAX) {
      throw new Unusable("Expected at most " + BYTES_MAX + " bytes in " + file);
    }
    return new Reading(file).read();
  }

  /** The reading of a file. */
  private record Reading(Path file) {
    FunctionYaml read() throws IOException, Unusable {
      var members = members();
      for (var member : members.keySet()) {
        if ("layers".equals(member)) {
          throw new Unusable("Stepwise does not support layers (layers in " + file + ") yet.");
        }
        if (!(member instanceof String name) || !MEMBERS.contains(name)) {
          throw expected(String.join(", ", MEMBERS), member);
        }
      }
      var settings = Json.nodes().objectNode();
      var timeout = whole(members, "timeout", 1, 900);
      if (timeout != null) {
        settings.put("Timeout", timeout);
      }
      var memory = whole(members, "memory", 128, 32_768);
      if (memory != null) {
        settings.put("MemorySize", memory);
      }
      environment(members.get("environment"), settings);
      return new FunctionYaml(
          text(members, "runtime"),
          text(members, "handler"),
          settings,
          whole(members, "concurrency", 0, SettingOperations.RESERVED_MAX));
    }

    private Map<?, ?> members() throws IOException, Unusable {
      try {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var value = new Load(LoadSettings.builder().build()).loadFromString(text);
        if (value == null) {
          return Map.of();
        }
        if (value instanceof Map<?, ?> members) {
          return members;
        }
      } catch (YamlEngineException e) {
        throw new Unusable("Expected YAML in " + file + ": " + e.getMessage());
      }
      throw expected("names and values", "something else");
    }

    private @Nullable String text(Map<?, ?> members, String name) throws Unusable {
      var value = members.get(name);
      if (value == null || value instanceof String) {
        return (String) value;
      }
      throw expected("a text as " + name, value);
    }

    private @Nullable Integer whole(Map<?, ?> members, String name, int min, int max)
        throws Unusable {
      var value = members.get(name);
      if (value == null || value instanceof Integer number && number >= min && number <= max) {
        return (Integer) value;
      }
      throw expected("a whole number from " + min + " to " + max + " as " + name, value);
    }

    private void environment(@Nullable Object value, ObjectNode settings) throws Unusable {
      if (value == null) {
        return;
      }
      // What is wrong is not shown: it may be a secret.
      if (!(value instanceof Map<?, ?> variables)) {
        throw expected("names and values as environment", "none");
      }
      var all = settings.putObject("Environment").putObject("Variables");
      for (var variable : variables.entrySet()) {
        var text = variable.getValue();
        if (!(text instanceof String || text instanceof Number || text instanceof Boolean)) {
          throw expected("a text as " + variable.getKey() + " of environment", "none");
        }
        all.put(String.valueOf(variable.getKey()), text.toString());
      }
    }

    private Unusable expected(String what, @Nullable Object found) {
      return new Unusable("Expected " + what + " in " + file + ", found " + found);
    }
  }
}
