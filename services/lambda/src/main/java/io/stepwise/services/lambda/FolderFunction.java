package io.stepwise.services.lambda;

import io.stepwise.aws.FunctionArn;
import io.stepwise.expression.Json;
import io.stepwise.functions.Interpreters;
import io.stepwise.protocol.AwsException;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function by what is in its folder. Names of files tell the runtime and the handler; {@link
 * FunctionYaml} tells the rest, or otherwise.
 *
 * <pre>
 * index.mjs | index.js | index.cjs      Node.js   index.handler
 * app.py | lambda_function.py           Python    lambda_handler where there is one, else handler
 * *.jar | target/*.jar                  Java      the one class that implements a handler
 * bootstrap                             provided
 * </pre>
 */
final class FolderFunction {
  private static final List<String> NODE = List.of(".mjs", ".js", ".cjs");
  private static final List<String> PYTHON = List.of("app", "lambda_function");

  /** What builds leave beside the jar with the code. */
  private static final Pattern BY_PRODUCT =
      Pattern.compile("original-.*|.*-(sources|javadoc|tests)\\.jar");

  private static final Pattern LAMBDA_HANDLER =
      Pattern.compile("(?m)^(?:(?:async\\s+)?def\\s+lambda_handler\\b|lambda_handler\\s*=)");

  /** A source that is longer is not looked into. Units: bytes. */
  private static final long SOURCE_BYTES_MAX = 1 << 20;

  private final Path folder;
  private final JarHandlers jars;

  private FolderFunction(Path folder, JarHandlers jars) {
    this.folder = folder;
    this.jars = jars;
  }

  /** Why a folder is no function that can be called, in words for whoever edits it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /** What is to be run. */
  private record Entry(String runtime, String handler, Path code) {}

  /** The function in a folder; one that can't be called says why, in place of its configuration. */
  static LambdaFunction read(FunctionArn arn, Path folder, JarHandlers jars) {
    var role = arn.location().role("stepwise-functions");
    try {
      var yaml = FunctionYaml.of(folder);
      var entry = new FolderFunction(folder, jars).entry(yaml);
      var request = yaml.settings();
      request.put("Runtime", entry.runtime()).put("Handler", entry.handler()).put("Role", role);
      return function(arn, Configuration.of(arn.name(), request), entry.code(), yaml.concurrency());
    } catch (AwsException e) {
      return unusable(arn, folder, role, e.error().message() + " (" + folder + ")");
    } catch (Unusable e) {
      return unusable(arn, folder, role, String.valueOf(e.getMessage()));
    } catch (IOException | InvalidPathException e) {
      return unusable(arn, folder, role, "Expected to read " + folder + ", but failed: " + e);
    }
  }

  private static LambdaFunction unusable(FunctionArn arn, Path folder, String role, String reason) {
    return function(arn, Configuration.unusable(arn.name(), role, reason), folder, null);
  }

  private static LambdaFunction function(
      FunctionArn arn, ObjectNode settings, Path code, @Nullable Integer concurrency) {
    // The same for the same settings: processes are kept for as long as nothing changes.
    var id =
        UUID.nameUUIDFromBytes(
            (code + Json.print(settings) + concurrency).getBytes(StandardCharsets.UTF_8));
    var revision =
        new Revision(settings, CodeStore.inPlace(code), modifiedMillis(code), id.toString());
    return new LambdaFunction(
        arn, revision, Map.of(), 0, Map.of(), concurrency, Map.of(), List.of());
  }

  private static long modifiedMillis(Path code) {
    try {
      return Files.getLastModifiedTime(code).toMillis();
    } catch (IOException e) {
      return 0; // deleted since: its next call is told so
    }
  }

  private Entry entry(FunctionYaml yaml) throws IOException, Unusable {
    var runtime = yaml.runtime();
    var handler = yaml.handler();
    if (runtime != null && handler != null) {
      // What is missing is told by the runtime, in its own words.
      var code = runtime.startsWith("java") ? jar().orElse(folder) : folder;
      return new Entry(runtime, handler, code);
    }
    var found =
        asNode(handler)
            .filter(entry -> isOf(runtime, "nodejs"))
            .or(() -> asPython(handler).filter(entry -> isOf(runtime, "python")));
    if (found.isEmpty() && isOf(runtime, "java")) {
      found = asJava(handler);
    }
    if (found.isEmpty() && isOf(runtime, "provided") && isFile("bootstrap")) {
      found = Optional.of(entry("provided.al2023", handler, "bootstrap"));
    }
    var entry = found.orElseThrow(() -> nothing(runtime, handler));
    return new Entry(
        Objects.requireNonNullElse(runtime, entry.runtime()), entry.handler(), entry.code());
  }

  private Unusable nothing(@Nullable String runtime, @Nullable String handler) {
    var what =
        handler == null
            ? "index.mjs, index.js, index.cjs, app.py, lambda_function.py, a jar, target/*.jar or"
                + " bootstrap"
            : "the file of the handler " + handler;
    return new Unusable(
        "Expected "
            + what
            + " in "
            + folder
            + (runtime == null ? "" : " for the runtime " + runtime)
            + ", or runtime and handler in its "
            + FunctionYaml.FILE);
  }

  private static boolean isOf(@Nullable String runtime, String family) {
    return runtime == null || runtime.startsWith(family);
  }

  private boolean isFile(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  private Entry entry(String runtime, @Nullable String handler, String byConvention) {
    return new Entry(runtime, Objects.requireNonNullElse(handler, byConvention), folder);
  }

  private Optional<Entry> asNode(@Nullable String handler) {
    var dot = handler == null ? -1 : handler.indexOf('.', handler.lastIndexOf('/') + 1);
    var module = handler == null ? "index" : handler.substring(0, Math.max(0, dot));
    return !module.isEmpty() && NODE.stream().anyMatch(end -> isFile(module + end))
        ? Optional.of(entry("nodejs22.x", handler, "index.handler"))
        : Optional.empty();
  }

  private Optional<Entry> asPython(@Nullable String handler) {
    var dot = handler == null ? -1 : handler.lastIndexOf('.');
    var modules =
        handler == null
            ? PYTHON
            : List.of(handler.substring(0, Math.max(0, dot)).replace('.', '/'));
    return modules.stream()
        .filter(module -> !module.isEmpty() && isFile(module + ".py"))
        .findFirst()
        .map(module -> entry(pythonRuntime(), handler, module + "." + pythonHandler(module)));
  }

  /** The one of this machine, where AWS has it. */
  private static String pythonRuntime() {
    return Interpreters.pythonRuntime().filter(Configuration::isRuntime).orElse("python3.13");
  }

  /** AWS's samples say {@code lambda_handler}, and others {@code handler}. */
  private String pythonHandler(String module) {
    var file = folder.resolve(module + ".py");
    try {
      return Files.size(file) <= SOURCE_BYTES_MAX
              && !LAMBDA_HANDLER
                  .matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                  .find()
          ? "handler"
          : "lambda_handler";
    } catch (IOException e) {
      return "handler"; // the runtime will say why it can't be read
    }
  }

  private Optional<Entry> asJava(@Nullable String handler) throws IOException, Unusable {
    var jar = jar();
    if (jar.isEmpty()) {
      return Optional.empty();
    }
    if (handler != null) {
      return Optional.of(new Entry("java25", handler, jar.get()));
    }
    var handlers = jars.of(jar.get());
    if (handlers.size() != 1) {
      throw new Unusable(
          "Expected a handler in "
              + folder.resolve(FunctionYaml.FILE)
              + ", as "
              + (handlers.isEmpty() ? "no class" : "more than one class")
              + " of "
              + jar.get()
              + " implements RequestHandler or RequestStreamHandler"
              + (handlers.isEmpty() ? "" : ": " + String.join(", ", handlers)));
    }
    return Optional.of(new Entry("java25", handlers.getFirst(), jar.get()));
  }

  /** The one jar with the code. */
  private Optional<Path> jar() throws IOException, Unusable {
    for (var place : List.of(folder, folder.resolve("target"))) {
      var found = new ArrayList<Path>();
      if (Files.isDirectory(place)) {
        try (var files = Files.newDirectoryStream(place, "*.jar")) {
          for (var file : files) {
            if (!BY_PRODUCT.matcher(file.getFileName().toString()).matches()) {
              found.add(file);
            }
          }
        }
      }
      if (found.size() > 1) {
        throw new Unusable(
            "Expected one jar in "
                + place
                + ", found "
                + found.stream().map(jar -> jar.getFileName().toString()).sorted().toList());
      }
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }
}
