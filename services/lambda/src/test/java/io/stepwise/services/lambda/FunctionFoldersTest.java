package io.stepwise.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stepwise.aws.AwsLocation;
import io.stepwise.storage.InMemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that are subfolders of a folder. */
class FunctionFoldersTest {
  private static final String FUNCTIONS = "/2015-03-31/functions";

  @TempDir private Path folder = Path.of("");

  @Test
  void namesOfFilesTellRuntimeAndHandler() throws Exception {
    try (var api = api()) {
      write("modern/index.mjs", "");
      write("common/index.js", "");
      write("app/app.py", "def handler(e, c): return e");
      write("sample/lambda_function.py", "def lambda_handler(e, c): return e");
      write("mixed/app.py", "async def lambda_handler(e, c): return e");
      write("binary/bootstrap", "#!/bin/sh");
      write("node_modules/x/index.js", "");
      write(".git/index.js", "");

      assertThat(listed(api))
          .containsExactly(
              "app python app.handler",
              "binary provided.al2023 bootstrap",
              "common nodejs22.x index.handler",
              "mixed python app.lambda_handler",
              "modern nodejs22.x index.handler",
              "sample python lambda_function.lambda_handler");
    }
  }

  @Test
  void aFileOfSettingsTellsTheRest() throws Exception {
    try (var api = api()) {
      write("f/src/main.mjs", "");
      write(
          "f/function.yaml",
          """
          handler: src/main.run
          timeout: 30
          memory: 256
          environment: {TABLE_NAME: orders, RETRIES: 3}
          concurrency: 2
          """);

      var shown = api.ask("GET", FUNCTIONS + "/f", "").json();

      var configuration = shown.path("Configuration");
      assertThat(configuration.path("State").asString()).isEqualTo("Active");
      assertThat(configuration.path("Runtime").asString()).isEqualTo("nodejs22.x");
      assertThat(configuration.path("Handler").asString()).isEqualTo("src/main.run");
      assertThat(configuration.path("Timeout").intValue()).isEqualTo(30);
      assertThat(configuration.path("MemorySize").intValue()).isEqualTo(256);
      assertThat(configuration.path("Environment").path("Variables").toString())
          .isEqualTo("{\"TABLE_NAME\":\"orders\",\"RETRIES\":\"3\"}");
      assertThat(shown.path("Concurrency").path("ReservedConcurrentExecutions").intValue())
          .isEqualTo(2);
    }
  }

  @Test
  void whatIsSavedIsRunByTheNextCall() throws Exception {
    needsPython();
    try (var api = api()) {
      write("f/app.py", "import other\ndef handler(e, c): return other.text");
      write("f/other.py", "text = 'one'");
      assertThat(call(api, "f")).isEqualTo("\"one\"");

      write("f/other.py", "text = 'two'");
      assertThat(call(api, "f")).isEqualTo("\"two\"");

      write("f/function.yaml", "environment: {GREETING: hello}");
      write("f/app.py", "import os\ndef handler(e, c): return os.environ['GREETING']");
      assertThat(call(api, "f")).isEqualTo("\"hello\"");
    }
  }

  @Test
  void aProcessIsKeptWhileNothingChanges() throws Exception {
    needsPython();
    try (var api = api()) {
      write("f/app.py", "import os\ndef handler(e, c): return os.getpid()");
      var first = call(api, "f");

      write("f/__pycache__/other.pyc", "compiled elsewhere");

      assertThat(call(api, "f")).isEqualTo(first);
    }
  }

  @Test
  void aBrokenFunctionTellsItsErrorWhenItIsCalled() throws Exception {
    needsPython();
    var told =
        Map.of(
            "timeout: 0", "Expected a whole number from 1 to 900 as timeout in FILE, found 0",
            "layers: [a]", "Stepwise does not support layers (layers in FILE) yet.",
            "vpc: {}",
                "Expected runtime, handler, timeout, memory, environment, concurrency in FILE,"
                    + " found vpc",
            "- a", "Expected names and values in FILE, found something else",
            "environment: {KEY: [secret]}",
                "Expected a text as KEY of environment in FILE, found none",
            "handler: other.h",
                "Expected the file of the handler other.h in FOLDER, or runtime and handler in its"
                    + " function.yaml");
    try (var api = api()) {
      write("syntax/app.py", "def handler(e, c) return e");
      assertThat(call(api, "syntax")).contains("Runtime.UserCodeSyntaxError");

      write("f/app.py", "");
      for (var broken : told.entrySet()) {
        var file = write("f/function.yaml", broken.getKey());
        var expected =
            broken
                .getValue()
                .replace("FILE", file.toString())
                .replace("FOLDER", file.resolveSibling("").toString());
        assertThat(api.ask("POST", FUNCTIONS + "/f/invocations", "{}").error())
            .isEqualTo("InvalidParameterValueException: " + expected);
      }
      write("f/function.yaml", "timeout: [");
      assertThat(api.ask("POST", FUNCTIONS + "/f/invocations", "{}").error())
          .startsWith("InvalidParameterValueException: Expected YAML in ")
          .contains("line 1");
      write("f/function.yaml", "runtime: cobol\nhandler: a.b");
      var shown = api.ask("GET", FUNCTIONS + "/f/configuration", "").json();
      assertThat(shown.path("State").asString()).isEqualTo("Failed");
      assertThat(shown.path("StateReason").asString()).contains("Value cobol at 'runtime'");
    }
  }

  @Test
  void theHandlerOfAJarIsTheClassThatSaysSo() throws Exception {
    try (var api = api()) {
      jar("f/target/f-1.0.jar", "ex.Hello");
      jar("f/target/original-f-1.0.jar", "ex.Hello");
      assertThat(call(api, "f")).isEqualTo("\"hello from ex.Hello\"");
      assertThat(listed(api)).containsExactly("f java25 ex.Hello");

      jar("f/target/f-1.0.jar", "ex.Hello", "ex.Other");
      assertThat(api.ask("POST", FUNCTIONS + "/f/invocations", "{}").error())
          .endsWith("implements RequestHandler or RequestStreamHandler: ex.Hello, ex.Other");

      write("f/function.yaml", "handler: ex.Other");
      assertThat(call(api, "f")).isEqualTo("\"hello from ex.Other\"");

      jar("f/target/f-2.0.jar", "ex.Hello");
      assertThat(api.ask("POST", FUNCTIONS + "/f/invocations", "{}").error())
          .endsWith("found [f-1.0.jar, f-2.0.jar]");
    }
  }

  @Test
  void aFunctionIsGoneWithItsFolder() throws Exception {
    try (var api = api()) {
      assertThat(api.ask("POST", FUNCTIONS + "/f/invocations", "{}").status()).isEqualTo(404);
      var file = write("f/index.mjs", "");
      assertThat(api.ask("GET", FUNCTIONS + "/f", "").status()).isEqualTo(200);

      Files.delete(file);
      Files.delete(file.resolveSibling(""));

      assertThat(api.ask("GET", FUNCTIONS + "/f", "").status()).isEqualTo(404);
      assertThat(listed(api)).isEmpty();
    }
  }

  @Test
  void foldersAreChangedWhereTheyAre() throws Exception {
    try (var api = api()) {
      var file = write("f/index.mjs", "");

      assertThat(api.create("f", "", "").error())
          .isEqualTo("ResourceConflictException: Function already exist: f");
      assertThat(api.ask("DELETE", FUNCTIONS + "/f", "").error())
          .isEqualTo(
              "ResourceConflictException: The function f is what is in "
                  + file.resolveSibling("")
                  + ": change it there.");
      assertThat(api.ask("PUT", FUNCTIONS + "/f/configuration", "{\"Timeout\":9}").error())
          .startsWith("ResourceConflictException");
      assertThat(api.ask("POST", FUNCTIONS + "/f/versions", "{}").error())
          .startsWith("ResourceConflictException");
    }
  }

  @Test
  void deployedFunctionsAreBesideThem() throws Exception {
    needsPython();
    try (var api = api()) {
      write("f/app.py", "def handler(e, c): return 'folder'");
      assertThat(api.create("g", "def h(e, c): return 'deployed'", "").status()).isEqualTo(201);

      assertThat(call(api, "f")).isEqualTo("\"folder\"");
      assertThat(call(api, "g")).isEqualTo("\"deployed\"");
      assertThat(listed(api)).containsExactly("f python app.handler", "g python app.h");
    }
  }

  @Test
  void noNameLeadsOutOfTheFolder() throws Exception {
    try (var api = api()) {
      write("../outside/index.mjs", "");

      for (var name : List.of("..", "..%2Foutside", "%2e%2e", "node_modules")) {
        assertThat(api.ask("POST", FUNCTIONS + "/" + name + "/invocations", "{}").status())
            .isBetween(400, 404);
      }
      assertThat(listed(api)).isEmpty();
    }
  }

  private LambdaApi api() throws IOException {
    return new LambdaApi(
        folder,
        new InMemoryStorage(),
        FunctionFolders.in(
            Files.createDirectories(folder.resolve("functions")),
            AwsLocation.of("us-east-1", "123456789012")));
  }

  private Path write(String file, String text) throws IOException {
    var path = folder.resolve("functions").resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    var before = Files.exists(path) ? Files.getLastModifiedTime(path).toInstant() : Instant.MIN;
    Files.writeString(path, text);
    later(path, before);
    return path;
  }

  /** A clock that is coarse must not make two changes one. */
  private static void later(Path path, Instant before) throws IOException {
    if (!Files.getLastModifiedTime(path).toInstant().isAfter(before)) {
      Files.setLastModifiedTime(path, FileTime.from(before.plusMillis(1)));
    }
  }

  private void jar(String file, String... classes) throws IOException {
    var sources = Files.createDirectories(folder.resolve("sources/ex"));
    var compiled = Files.createDirectories(folder.resolve("classes"));
    var jar = folder.resolve("functions").resolve(file);
    Files.createDirectories(jar.resolveSibling(""));
    var before = Files.exists(jar) ? Files.getLastModifiedTime(jar).toInstant() : Instant.MIN;
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var name : classes) {
        var simple = name.substring(name.indexOf('.') + 1);
        var source = sources.resolve(simple + ".java");
        Files.writeString(
            source,
            """
            package ex;
            import com.amazonaws.services.lambda.runtime.*;
            public class %s implements RequestHandler<Object, String> {
              public String handleRequest(Object event, Context context) {
                return "hello from " + getClass().getName();
              }
            }
            """
                .formatted(simple));
        assertThat(
                ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-d", compiled.toString(), source.toString()))
            .isZero();
        var path = name.replace('.', '/') + ".class";
        zip.putNextEntry(new ZipEntry(path));
        zip.write(Files.readAllBytes(compiled.resolve(path)));
      }
    }
    later(jar, before);
  }

  private static String call(LambdaApi api, String name) throws Exception {
    return api.ask("POST", FUNCTIONS + "/" + name + "/invocations", "{}").text();
  }

  private static List<String> listed(LambdaApi api) throws Exception {
    return api.ask("GET", FUNCTIONS, "")
        .json()
        .path("Functions")
        .valueStream()
        .map(
            function ->
                function.path("FunctionName").asString()
                    + " "
                    + function.path("Runtime").asString().replaceFirst("python3\\.\\d+", "python")
                    + " "
                    + function.path("Handler").asString())
        .toList();
  }

  private static void needsPython() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "python3 is not on this machine");
  }
}
