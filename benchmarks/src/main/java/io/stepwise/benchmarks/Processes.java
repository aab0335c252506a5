package io.stepwise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts servers and load generators as processes of their own, as a user would have them. */
final class Processes {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Path folder;
  private final String java =
      ProcessHandle.current().info().command().orElseThrow(() -> new IllegalStateException("java"));
  private final String classPath = System.getProperty("java.class.path");

  /** With logs and data below {@code folder}. */
  Processes(Path folder) {
    this.folder = folder;
  }

  /** A server under test: a process and its port. */
  record Server(Process process, int port) implements AutoCloseable {
    String endpoint() {
      return "http://127.0.0.1:" + port;
    }

    long residentMebibytes() {
      try {
        for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
          if (line.startsWith("VmRSS:")) {
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
          }
        }
      } catch (IOException e) {
        return -1;
      }
      return -1;
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Starts the product with an empty store (or the one in {@code data}). */
  Server product(Path data, int lambdaPort, String... more) {
    var port = freePort();
    var arguments =
        new ArrayList<>(
            List.of(
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "-Xss2m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "io.stepwise.cli.Main",
                "start",
                "--empty",
                "--account",
                "000000000000",
                "--port",
                String.valueOf(port),
                "--data",
                data.toString(),
                "--lambda-endpoint",
                "http://127.0.0.1:" + lambdaPort));
    arguments.addAll(List.of(more));
    return new Server(start("product", arguments), awaitPort(port));
  }

  /**
   * Starts the product by its script.
   *
   * @param cache what {@code STEPWISE_START_CACHE} says: wait, off
   */
  Process script(String cache, String... arguments) {
    var command = new ArrayList<>(List.of(arguments));
    command.addFirst(System.getProperty("stepwise.root") + "/bin/stepwise");
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("script.log").toFile());
    var builder = new ProcessBuilder(command).redirectOutput(log).redirectError(log);
    builder.environment().put("STEPWISE_START_CACHE", cache);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server by its script, with an empty store in {@code data}. */
  Server scriptedServer(String cache, Path data) {
    var port = freePort();
    var process =
        script(
            cache, "start", "--empty", "--port", String.valueOf(port), "--data", data.toString());
    return new Server(process, awaitPort(port));
  }

  /** Starts the server by its script, in memory and with a virtual clock. */
  Server virtualServer() {
    var port = freePort();
    var process =
        script("wait", "start", "--empty", "--clock", "virtual", "--port", String.valueOf(port));
    return new Server(process, awaitPort(port));
  }

  /** Starts a baseline: {@code echo} or {@code ceiling}. */
  Server baseline(String kind) {
    var port = freePort();
    var data = temporaryFolder("baseline");
    return new Server(
        start(
            kind,
            List.of(
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "io.stepwise.benchmarks.Main",
                "baseline",
                kind,
                String.valueOf(port),
                data.toString())),
        awaitPort(port));
  }

  /** Starts a Lambda that answers every call with its input. */
  Server lambda() {
    var port = freePort();
    return new Server(
        start("lambda", load("lambda", "--port", String.valueOf(port))), awaitPort(port));
  }

  /** Runs the load generator to its end; returns the line it prints. */
  JsonNode load(Server server, String workload, int clients, int seconds, String... more) {
    var arguments =
        new ArrayList<>(
            load(
                "run",
                "--endpoint",
                server.endpoint(),
                "--workload",
                workload,
                "--clients",
                String.valueOf(clients),
                "--seconds",
                String.valueOf(seconds),
                "--pid",
                String.valueOf(server.process().pid())));
    arguments.addAll(List.of(more));
    arguments.addFirst(java);
    try {
      var process =
          new ProcessBuilder(arguments).redirectError(folder.resolve("load.log").toFile()).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      var lines = output.lines().filter(line -> line.startsWith("{")).toList();
      if (lines.isEmpty()) {
        throw new IllegalStateException(
            "Expected a result of " + workload + ", see " + folder.resolve("load.log"));
      }
      return JSON.readTree(lines.getLast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A new, empty folder. */
  Path temporaryFolder(String name) {
    try {
      return Files.createTempDirectory(folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder with all in it. */
  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> load(String command, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("stepwise.load"),
                "SfnLoad",
                command));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Process start(String name, List<String> arguments) {
    var command = new ArrayList<>(arguments);
    command.addFirst(java);
    var log = folder.resolve(name + ".log").toFile();
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
          .redirectError(ProcessBuilder.Redirect.appendTo(log))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int awaitPort(int port) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return port;
      } catch (IOException e) {
        try {
          TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    throw new IllegalStateException("Expected a server on port " + port + " within a minute");
  }
}
