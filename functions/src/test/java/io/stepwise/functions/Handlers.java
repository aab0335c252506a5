package io.stepwise.functions;

import io.stepwise.aws.AwsLocation;
import io.stepwise.functions.InvocationResult.Answered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A host with functions written in a test. */
final class Handlers implements AutoCloseable {
  final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  final FunctionHost host;
  private final Path folder;
  private int functions;

  Handlers(Path folder, int processesMax) {
    this.folder = folder;
    this.host =
        new FunctionHost(
            new HostSettings(
                folder.resolve("host"),
                processesMax,
                Duration.ofMinutes(10),
                () -> Optional.of("http://127.0.0.1:8083"),
                Map.of(),
                Path.of(System.getProperty("java.home"))),
            (function, stream, millis, line) -> lines.add(line));
  }

  /** A function of one file. */
  FunctionVersion function(String runtime, String handler, String file, String text)
      throws IOException {
    var code = Files.createDirectories(folder.resolve("code" + ++functions));
    var path = code.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text);
    if (!path.toFile().setExecutable(true)) {
      throw new IOException("Expected to make " + path + " a program");
    }
    return version(runtime, handler, code, 16);
  }

  FunctionVersion version(String runtime, String handler, Path code, int concurrencyMax) {
    return new FunctionVersion(
        AwsLocation.of("us-east-1", "123456789012").function("f" + functions),
        "$LATEST",
        UUID.randomUUID().toString(),
        runtime,
        handler,
        2,
        128,
        Map.of("OWN", "yes"),
        code,
        Optional.empty(),
        concurrencyMax,
        false,
        FunctionVersion.defaultLogGroup("f" + functions));
  }

  FunctionVersion node(String handler) throws IOException {
    return function("nodejs20.x", "index.handler", "index.mjs", handler);
  }

  FunctionVersion python(String handler) throws IOException {
    return function("python3.11", "app.handler", "app.py", handler);
  }

  CompletableFuture<InvocationResult> start(FunctionVersion function, String event) {
    return host.invoke(
        function,
        new Invocation(
            UUID.randomUUID().toString(),
            function.arn().text(),
            event.getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            Optional.empty()));
  }

  /** Calls a function; what it answers, with the id of the request as {@code ID}. */
  String call(FunctionVersion function, String event) throws Exception {
    var id = UUID.randomUUID().toString();
    var result =
        host.invoke(
                function,
                new Invocation(
                    id,
                    function.arn().text(),
                    event.getBytes(StandardCharsets.UTF_8),
                    Optional.empty(),
                    Optional.empty()))
            .get(60, TimeUnit.SECONDS);
    return switch (result) {
      case Answered(var payload, var isError, var log) ->
          (isError ? "error " : "")
              + new String(payload, StandardCharsets.UTF_8)
                  .replace(id, "ID")
                  .replace(folder.toString(), "");
      case InvocationResult.Throttled(var reason) -> "throttled " + reason.awsName();
      case InvocationResult.Unrunnable(var message) -> "unrunnable " + message;
    };
  }

  /** Processes that were started here and are still there. */
  List<String> processesLeft() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(folder.toString()))
        .toList();
  }

  @Override
  public void close() {
    host.close();
  }
}
