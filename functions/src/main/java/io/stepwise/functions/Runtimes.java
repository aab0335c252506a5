package io.stepwise.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the handlers of each runtime are started. */
final class Runtimes {
  private final Path folder;
  private final Path javaHome;
  private boolean isPrepared;

  /**
   * With bootstraps in a folder.
   *
   * @param folder made once a process is to be started
   * @param javaHome the JDK that runs Java handlers
   */
  Runtimes(Path folder, Path javaHome) {
    this.folder = folder;
    this.javaHome = javaHome;
  }

  /** Puts the bootstraps where processes can read them; once. */
  void prepare() throws IOException {
    if (isPrepared) {
      return;
    }
    isPrepared = true;
    for (var file : List.of("node/bootstrap.js", "python/bootstrap.py")) {
      var target = folder.resolve(file);
      Files.createDirectories(target.resolveSibling("."));
      try (var in = Runtimes.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("Expected the bootstrap " + file);
        }
        Files.write(target, in.readAllBytes());
      }
    }
  }

  /** How a version is started: the command, or why it can't be. */
  sealed interface Start {
    /** By a command. */
    record Command(List<String> words) implements Start {}

    /** Not: something is missing. */
    record Missing(String message) implements Start {}
  }

  Start start(FunctionVersion function) {
    var runtime = function.runtime();
    if (runtime.startsWith("nodejs")) {
      return Interpreters.onPath("node")
          .<Start>map(
              node ->
                  new Start.Command(
                      List.of(node.toString(), folder.resolve("node/bootstrap.js").toString())))
          .orElseGet(() -> missing(runtime, "Node.js, as 'node'"));
    }
    if (runtime.startsWith("python")) {
      return Interpreters.python(runtime)
          .<Start>map(
              python ->
                  new Start.Command(
                      List.of(python.toString(), folder.resolve("python/bootstrap.py").toString())))
          .orElseGet(() -> missing(runtime, "Python, as 'python3'"));
    }
    if (runtime.startsWith("java")) {
      return java(function);
    }
    if (runtime.startsWith("provided")) {
      return bootstrap(function);
    }
    return new Start.Missing(
        "The runtime "
            + runtime
            + " is not run here; the runtimes that are: nodejs, python, java and provided.");
  }

  private static Start missing(String runtime, String what) {
    return new Start.Missing(
        "The runtime " + runtime + " needs " + what + " on the PATH of the server.");
  }

  private Start bootstrap(FunctionVersion function) {
    var candidates =
        Stream.concat(Stream.of(function.code()), function.layers().stream())
            .map(place -> place.resolve("bootstrap"))
            .toList();
    for (var candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return new Start.Command(List.of(candidate.toString()));
      }
    }
    return new Start.Command(List.of(function.code().resolve("bootstrap").toString()));
  }

  private Start java(FunctionVersion function) {
    var client = JavaRuntimeClient.jars();
    if (client.isEmpty()) {
      return new Start.Missing(
          "The runtime " + function.runtime() + " needs AWS's runtime client, which is not there.");
    }
    return new Start.Command(
        List.of(
            javaHome.resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + heapMegabytes(function) + "m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            JavaRuntimeClient.classPath(client, function),
            JavaRuntimeClient.MAIN,
            function.handler()));
  }

  /** A JVM needs some room of its own. */
  private static int heapMegabytes(FunctionVersion function) {
    return Math.max(64, function.memoryMegabytes() * 8 / 10);
  }

  /** The variables by which a runtime finds modules; layers before the runtime's own. */
  Optional<String> modulePath(FunctionVersion function) {
    var layers = function.layers();
    if (function.runtime().startsWith("nodejs")) {
      var version = function.runtime().replaceAll("\\D", "");
      return Optional.of(
          String.join(
              ":",
              Stream.concat(
                      layers.stream()
                          .flatMap(
                              opt ->
                                  Stream.of(
                                      opt.resolve("nodejs/node" + version + "/node_modules"),
                                      opt.resolve("nodejs/node_modules"))),
                      Stream.of(function.code()))
                  .map(Path::toString)
                  .toList()));
    }
    if (function.runtime().startsWith("python")) {
      return layers.map(
          opt ->
              opt.resolve("python")
                  + ":"
                  + opt.resolve("python/lib/" + function.runtime() + "/site-packages"));
    }
    return Optional.empty();
  }
}
