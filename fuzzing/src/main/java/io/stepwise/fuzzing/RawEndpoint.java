package io.stepwise.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A Lambda endpoint on a bare socket, which reads every byte that the server sends it: each
 * connection carries well-formed Invokes and nothing else, whatever the inputs of tasks hold. It
 * answers as endpoints do, well or badly.
 */
final class RawEndpoint implements AutoCloseable {
  private static final Pattern REQUEST_LINE =
      Pattern.compile(
          "POST /2015-03-31/functions/[A-Za-z0-9_.-]+/invocations"
              + "(\\?Qualifier=[A-Za-z0-9_%-]+)? HTTP/1\\.1");

  /** Every header that an Invoke has, and what it may be. */
  private static final Map<String, Pattern> HEADERS =
      Map.of(
          "host", Pattern.compile("127\\.0\\.0\\.1:\\d+"),
          "content-length", Pattern.compile("\\d+"),
          "content-type", Pattern.compile("application/json"),
          "amz-sdk-invocation-id", Pattern.compile("[0-9a-f-]{36}"),
          "x-amz-invocation-type", Pattern.compile("Event|RequestResponse|DryRun"),
          "x-amz-log-type", Pattern.compile("None|Tail"),
          "x-amz-client-context", Pattern.compile("[A-Za-z0-9+/_=-]*"));

  private static final List<String> ANSWERS =
      List.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"done\":tru",
          "HTTP/1.1 200 OK\r\nX-Amz-Function-Error: Unhandled\r\nContent-Length: 28\r\n\r\n"
              + "{\"errorType\":\"a\\nb\\u001bc\"} ",
          "HTTP/1.1 200 OK\r\nX-Amz-Function-Error: Unhandled\r\nContent-Length: 4\r\n\r\nnull",
          "HTTP/1.1 429 Slow\r\nx-amzn-ErrorType: TooManyRequestsException\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
          "no HTTP at all\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nhalf",
          "");

  private final ServerSocket socket;
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();

  RawEndpoint() throws IOException {
    socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Well-formed requests so far. */
  long requests() {
    return requests.get();
  }

  /** What was sent that no Invoke is, if anything. */
  Optional<String> violation() {
    return Optional.ofNullable(violations.peek());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setSoTimeout(60_000);
      judge(connection.getInputStream(), connection.getOutputStream(), violations::add);
    } catch (SocketException | SocketTimeoutException e) {
      // The server has gone, or left a connection to rest.
    } catch (IOException e) {
      violations.add("Expected whole requests, but: " + e);
    }
  }

  /** Reads requests to the end of a connection; what is none is told. */
  void judge(InputStream in, OutputStream out, Consumer<String> violation) throws IOException {
    while (true) {
      var head = head(in);
      if (head.isEmpty()) {
        return;
      }
      var wrong = wrong(head);
      if (wrong.isPresent()) {
        violation.accept(wrong.get());
        return;
      }
      var length = Integer.parseInt(header(head, "content-length").orElse("0"));
      if (in.readNBytes(length).length < length) {
        return; // given up in the middle: a task that timed out
      }
      if (in.available() > 0) {
        violation.accept(
            "Expected nothing before the answer, but " + in.available() + " bytes came");
        return;
      }
      var answer = ANSWERS.get((int) (requests.incrementAndGet() * 7 % ANSWERS.size()));
      out.write(answer.getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (answer.isEmpty() || answer.endsWith("half")) {
        return;
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (var b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> wrong(String head) {
    if (!head.endsWith("\r\n\r\n")) {
      return Optional.of("Expected a whole head, got " + shown(head));
    }
    var lines = head.substring(0, head.length() - 4).split("\r\n", -1);
    if (!REQUEST_LINE.matcher(lines[0]).matches()) {
      return Optional.of("Expected an Invoke, got " + shown(lines[0]));
    }
    for (var i = 1; i < lines.length; i++) {
      var colon = lines[i].indexOf(": ");
      var name = colon < 0 ? lines[i] : lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      var allowed = HEADERS.get(name);
      if (allowed == null || !allowed.matcher(lines[i].substring(colon + 2)).matches()) {
        return Optional.of("Expected a header of an Invoke, got " + shown(lines[i]));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst();
  }

  private static String shown(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
