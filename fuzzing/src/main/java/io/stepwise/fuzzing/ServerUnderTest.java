package io.stepwise.fuzzing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The real server in a process of its own, with little memory and a store on disk. */
final class ServerUnderTest implements AutoCloseable {
  /** MiB; what the server may have on its heap. */
  static final int HEAP_MAX = 256;

  /** What it tells a person at its start, after its first line of the log. */
  private static final Pattern BANNER =
      Pattern.compile(
          "^(Stepwise is running|Try: |Stop: |  (endpoint|console|account|data|lambda|clock) |$)");

  private final Process process;
  private final Path log;
  private final int port;
  private final Path home = Path.of(System.getProperty("java.home"), "bin");

  /** Starts a server with its data and its log below {@code folder}. */
  ServerUnderTest(Path folder, int lambdaPort) throws IOException, InterruptedException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    log = folder.resolve("server.log");
    var command =
        List.of(
            home.resolve("java").toString(),
            "-Xmx" + HEAP_MAX + "m",
            "-Xss2m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.stepwise.cli.Main",
            "start",
            "--empty",
            "--account",
            "123456789012",
            "--region",
            "us-east-1",
            "--wait-time-scale",
            "0.01",
            "--port",
            String.valueOf(port),
            "--lambda-endpoint",
            "http://127.0.0.1:" + lambdaPort,
            "--log-requests",
            "--data",
            folder.resolve("data").toString());
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    awaitHealth();
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** MiB on the heap once garbage is collected. */
  int heapInUse() throws IOException, InterruptedException {
    ask("GC.run");
    // The serial collector's two generations: "DefNew total 9216K, used 123K" and "Tenured ...".
    var used = 0L;
    for (var line : ask("GC.heap_info").lines().toList()) {
      var match =
          Pattern.compile(
                  "^ *(?:DefNew|Tenured|def new generation|tenured generation) .*used (\\d+)K")
              .matcher(line);
      used += match.find() ? Long.parseLong(match.group(1)) : 0;
    }
    return (int) (used / 1024);
  }

  /** MiB of the process. */
  int resident() throws IOException {
    var status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  /** What its threads do, for a server that does not answer. */
  String threads() throws IOException, InterruptedException {
    return ask("Thread.print");
  }

  /** What its heap is full of, for a heap that grows. */
  String heap() throws IOException, InterruptedException {
    return ask("GC.class_histogram").lines().limit(40).collect(Collectors.joining("\n"));
  }

  /** The lines of its log, after what it says at its start. */
  List<String> log() throws IOException {
    return Files.readAllLines(log).stream()
        .dropWhile(line -> !line.contains(" started version="))
        .filter(line -> !BANNER.matcher(line).find())
        .toList();
  }

  /** The lines of its metrics. */
  List<String> metrics() throws IOException {
    var answer = get("/metrics", "127.0.0.1");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4).lines().toList();
  }

  /** What a web page gets that has given its own name this machine's address: a status line. */
  String answerToAPageOfOthers() throws IOException {
    return get("/health", "evil.example").lines().findFirst().orElse("");
  }

  private String get(String path, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The last lines of its log. */
  String lastWords() throws IOException {
    var lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private String ask(String command) throws IOException, InterruptedException {
    var jcmd =
        new ProcessBuilder(home.resolve("jcmd").toString(), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    var answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return answer;
  }

  private void awaitHealth() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
    try (var http = HttpClient.newHttpClient()) {
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (process.isAlive() && System.nanoTime() < deadline) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          TimeUnit.MILLISECONDS.sleep(20); // Not listening yet.
        }
      }
    }
    throw new IOException("Expected a healthy server; its last words:\n" + lastWords());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
