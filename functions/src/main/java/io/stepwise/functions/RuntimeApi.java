package io.stepwise.functions;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lambda Runtime API for one environment, on a loopback port of its own: whoever knows the port
 * is that environment.
 *
 * <pre>
 * GET  /2018-06-01/runtime/invocation/next            waits for an event
 * POST /2018-06-01/runtime/invocation/{id}/response   202
 * POST /2018-06-01/runtime/invocation/{id}/error      202
 * POST /2018-06-01/runtime/init/error                 202, before the first event
 * </pre>
 *
 * <p>Limits: 64 KiB for the head of a request, {@value #RESPONSE_BYTES_MAX} bytes for a response.
 * Source: AWS, "Using the Lambda runtime API for custom runtimes".
 */
final class RuntimeApi implements AutoCloseable {
  /** Largest response of a function. Source: AWS, quotas of Lambda: 6 MiB and some room. */
  static final int RESPONSE_BYTES_MAX = 6_291_556;

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeApi.class);
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final int HEAD_BYTES_MAX = 64 << 10;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final byte[] ACCEPTED = utf8("{\"status\":\"OK\"}\n");

  private final ServerSocket server;
  private final Session session;

  /** What happens behind the API. Called on a thread of the connection, which may wait. */
  interface Session {
    /** The next event; waits for it. */
    Event next() throws InterruptedException;

    /** An invocation has ended, well or with an error. */
    Verdict answered(String requestId, byte[] body, boolean isError);

    /** An invocation has answered more than a function may. */
    Verdict tooLarge(String requestId);

    /** The runtime could not be started. */
    Verdict initFailed(byte[] body);
  }

  /** An event with its headers. */
  record Event(Map<String, String> headers, byte[] body) {}

  /** What a runtime is told of what it said. */
  enum Verdict {
    /** Fine. */
    ACCEPTED(202, "", ""),
    /** No invocation of that id is under way. */
    INVALID_REQUEST_ID(400, "InvalidRequestID", "Invalid request ID"),
    /** Not now. */
    INVALID_STATE_TRANSITION(
        403,
        "InvalidStateTransition",
        "State transition failed for runtime. Error: State transition is not allowed"),
    /** Too large. */
    TOO_LARGE(
        413,
        "RequestEntityTooLarge",
        "Exceeded maximum allowed payload size (" + RESPONSE_BYTES_MAX + " bytes).");

    private final int status;
    private final String type;
    private final String message;

    Verdict(int status, String type, String message) {
      this.status = status;
      this.type = type;
      this.message = message;
    }
  }

  /** Listens for one environment. */
  RuntimeApi(Session session) throws IOException {
    this.session = session;
    this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("runtime-api-" + server.getLocalPort()).start(this::accept);
  }

  /** {@code host:port}, as runtimes are told it. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("Expected to close a listener", e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("Expected a runtime to connect, but failed", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      var out = socket.getOutputStream();
      var goesOn = true;
      while (goesOn) {
        goesOn = serveOne(in, out);
      }
    } catch (IOException e) {
      LOG.debug("A runtime went away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean serveOne(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    var line = readLine(in);
    if (line == null) {
      return false;
    }
    var parts = line.split(" ", 3);
    var headers = readHeaders(in);
    var body = new Body();
    try {
      if (parts.length < 3) {
        throw new MalformedRequestException("Expected a request line");
      }
      if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
        out.write(utf8("HTTP/1.1 100 Continue\r\n\r\n"));
        out.flush();
      }
      body.read(in, headers);
    } catch (MalformedRequestException e) {
      answer(out, 400, error("InvalidRequest", e.getMessage()));
      return false;
    }
    route(out, parts[0], parts[1], body);
    return true;
  }

  /** A runtime says what is no request. */
  private static final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  private void route(OutputStream out, String method, String path, Body body)
      throws IOException, InterruptedException {
    if (method.equals("GET") && path.equals(RUNTIME + "invocation/next")) {
      var event = session.next();
      answer(out, 200, event.headers(), event.body());
      return;
    }
    if (method.equals("POST") && path.equals(RUNTIME + "init/error")) {
      tell(out, session.initFailed(body.bytes()));
      return;
    }
    if (method.equals("POST") && path.startsWith(RUNTIME + "invocation/")) {
      var rest = path.substring((RUNTIME + "invocation/").length());
      var slash = rest.indexOf('/');
      var what = slash < 0 ? "" : rest.substring(slash + 1);
      var id = slash < 0 ? rest : rest.substring(0, slash);
      if (what.equals("response") || what.equals("error")) {
        var isError = what.equals("error");
        tell(
            out,
            body.isTooLarge() ? session.tooLarge(id) : session.answered(id, body.bytes(), isError));
        return;
      }
    }
    if (path.equals("/2018-06-01/ping")) {
      answer(out, 200, utf8("pong"));
    } else if (path.startsWith("/2022-07-01/telemetry")) {
      answer(out, 202, error("Telemetry.NotSupported", "Telemetry API is not supported"));
    } else if (path.startsWith("/2020-08-15/logs")) {
      answer(out, 202, error("Logs.NotSupported", "Logs API is not supported"));
    } else {
      answer(out, 404, utf8("404 page not found"));
    }
  }

  private static void tell(OutputStream out, Verdict verdict) throws IOException {
    if (verdict == Verdict.ACCEPTED) {
      answer(out, 202, ACCEPTED);
    } else {
      answer(out, verdict.status, error(verdict.type, verdict.message));
    }
  }

  private static byte[] error(String type, String message) {
    return utf8("{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}");
  }

  private static void answer(OutputStream out, int status, byte[] body) throws IOException {
    answer(out, status, Map.of("Content-Type", "application/json"), body);
  }

  /** Head and body in one write: a runtime reads them in one turn. */
  private static void answer(OutputStream out, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    var head = new StringBuilder(256).append("HTTP/1.1 ").append(status).append(" OK\r\n");
    // A value may come from outside: it stays one line.
    headers.forEach(
        (name, value) ->
            head.append(name)
                .append(": ")
                .append(CONTROL.matcher(value).replaceAll(" "))
                .append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var bytes = head.toString().getBytes(StandardCharsets.UTF_8);
    var all = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, all, 0, bytes.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    out.write(all);
    out.flush();
  }

  private static Map<String, String> readHeaders(InputStream in) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    var length = 0;
    for (var line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
      length += line.length();
      if (length > HEAD_BYTES_MAX) {
        throw new IOException("Expected headers of at most " + HEAD_BYTES_MAX + " bytes");
      }
      var colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** A line without its end; null where there is no more. */
  private static @Nullable String readLine(InputStream in) throws IOException {
    var line = new StringBuilder(80);
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (line.length() > HEAD_BYTES_MAX) {
        throw new IOException("Expected a line of at most " + HEAD_BYTES_MAX + " bytes");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** The body of a request; what is over the limit is read and dropped. */
  private static final class Body {
    private byte[] bytes = new byte[0];
    private boolean tooLarge;

    byte[] bytes() {
      return bytes;
    }

    boolean isTooLarge() {
      return tooLarge;
    }

    void read(InputStream in, Map<String, String> headers)
        throws IOException, MalformedRequestException {
      if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
        readChunks(in);
        return;
      }
      var length = headers.get("content-length");
      if (length != null) {
        var all = length(length, 10, "Expected a Content-Length");
        tooLarge = all > RESPONSE_BYTES_MAX;
        bytes = in.readNBytes((int) Math.min(all, RESPONSE_BYTES_MAX));
        in.skipNBytes(all - bytes.length);
      }
    }

    private static long length(String text, int radix, String expected)
        throws MalformedRequestException {
      try {
        return Integer.toUnsignedLong(Integer.parseUnsignedInt(text, radix));
      } catch (NumberFormatException e) {
        throw new MalformedRequestException(expected);
      }
    }

    private void readChunks(InputStream in) throws IOException, MalformedRequestException {
      var all = new ByteArrayOutputStream();
      while (true) {
        var line = readLine(in);
        if (line == null) {
          throw new IOException("Expected another chunk");
        }
        var semicolon = line.indexOf(';');
        var size =
            length(
                (semicolon < 0 ? line : line.substring(0, semicolon)).strip(),
                16,
                "Expected the length of a chunk");
        if (size == 0) {
          readHeaders(in); // trailers
          bytes = all.toByteArray();
          return;
        }
        var room = RESPONSE_BYTES_MAX - all.size();
        tooLarge |= size > room;
        all.write(in.readNBytes((int) Math.min(size, room)));
        in.skipNBytes(Math.max(0, size - room));
        readLine(in);
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
