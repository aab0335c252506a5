package io.stepwise.fuzzing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A connection that is used for one request after the other. Plain HTTP/1.1 on a socket: it costs
 * little, and sends what a well-behaved client would not.
 */
final class Connection implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(300);

  private final Socket socket;
  private final InputStream in;
  private final Duration patience;
  private boolean isUsable = true;

  /** Connects; {@code patience} is how long an answer may take. */
  Connection(int port, Duration patience) throws IOException {
    this.patience = patience;
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Whether another request can be sent. */
  boolean isUsable() {
    return isUsable;
  }

  /**
   * Sends a request and waits for its answer; nobody waits long for a poll.
   *
   * <p>Errors: {@link SocketTimeoutException} where no answer came in time; {@link EOFException}
   * where the server closed instead.
   */
  Answer send(String operation, String body) throws IOException {
    var isPoll = operation.equals("GetActivityTask");
    socket.setSoTimeout((int) (isPoll ? POLL : patience).toMillis());
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
            + "X-Amz-Target: AWSStepFunctions."
            + operation
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    var all = new byte[head.length() + bytes.length];
    System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
    System.arraycopy(bytes, 0, all, head.length(), bytes.length);
    var start = System.nanoTime();
    isUsable = false;
    try {
      socket.getOutputStream().write(all);
      var answer = read(start);
      isUsable = !answer.headers().contains("connection: close");
      return answer;
    } catch (SocketTimeoutException e) {
      if (isPoll) {
        return new Answer(0, "", "", POLL);
      }
      throw e;
    }
  }

  private Answer read(long start) throws IOException {
    var status = Integer.parseInt(line().split(" ")[1]);
    var headers = new StringBuilder();
    var length = 0;
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = line.toLowerCase(Locale.ROOT);
      headers.append(header).append('\n');
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(
        status, headers.toString(), body, Duration.ofNanos(System.nanoTime() - start));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
