package io.stepwise.functions;

import io.stepwise.expression.Json;
import io.stepwise.functions.RuntimeApi.Event;
import io.stepwise.functions.RuntimeApi.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs the handler of one version, one call at a time.
 *
 * <pre>
 * STARTING ─ next ─▶ IDLE ─ a call ─▶ BUSY ─ response, error ─▶ ANSWERED ─ next ─▶ IDLE …
 *     └── init error, exit ──────────── timeout, exit ─────────────────────────▶ ENDED
 * </pre>
 */
final class Environment implements RuntimeApi.Session {
  private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FunctionVersion function;
  private final Owner owner;
  private final LogSink logs;
  private final Path folder;
  private final String id = UUID.randomUUID().toString().replace("-", "");
  private final String stream;
  private final SystemLines system;
  private final RuntimeApi api;
  private final LinkedBlockingQueue<Call> inbox = new LinkedBlockingQueue<>();
  private final long startNanos = System.nanoTime();
  private volatile @Nullable Process process;
  private volatile @Nullable OutputFile output;
  private @Nullable Call current;
  private Phase phase = Phase.STARTING;
  private long initNanos = -1;
  private volatile CallLog callLog = new CallLog();
  private volatile long idleSinceNanos = startNanos;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  private enum Phase {
    STARTING,
    IDLE,
    BUSY,
    ANSWERED,
    ENDED
  }

  /** Who gives an environment its calls. */
  interface Owner {
    /** It asks for its next call; whether it was given one, or has to wait. */
    void isIdle(Environment environment);

    /** It has answered, and will ask for its next call soon. */
    void hasAnswered(Environment environment);

    /** It is over. */
    void hasEnded(Environment environment);

    /** Runs something when a call has taken too long. */
    Future<?> after(int seconds, Runnable action);
  }

  /** A call, and who waits for what comes of it. */
  record Call(Invocation invocation, CompletableFuture<InvocationResult> result) {
    /** One that nobody has answered yet. */
    static Call of(Invocation invocation) {
      return new Call(invocation, new CompletableFuture<>());
    }
  }

  private @Nullable Future<?> timeout;
  private long callNanos;

  /** One that is to be started by {@link #start}. */
  Environment(FunctionVersion function, Path folder, LogSink logs, Owner owner) throws IOException {
    this.function = function;
    this.folder = folder.resolve(id);
    this.logs = logs;
    this.system = new SystemLines(function);
    this.owner = owner;
    this.stream = stream(function, id);
    this.api = new RuntimeApi(this);
  }

  /** Functions that share a group are told apart by their streams. */
  private static String stream(FunctionVersion function, String id) {
    var name = function.arn().name();
    var isOwn = function.logGroup().equals(FunctionVersion.defaultLogGroup(name));
    return DAY.format(Instant.now())
        + "/"
        + (isOwn ? "" : name)
        + "["
        + function.version()
        + "]"
        + id;
  }

  FunctionVersion function() {
    return function;
  }

  /** Gives it a call; only while it waits for one, or starts. */
  void give(Call call) {
    inbox.add(call);
  }

  /** Starts the process. */
  void start(List<String> command, Map<String, String> environment) {
    try {
      Files.createDirectories(folder.resolve("tmp"));
      var builder = new ProcessBuilder(ProcessGroup.leading(command));
      builder.directory(function.taskRoot().toFile());
      var written = folder.resolve("output");
      output = new OutputFile(written);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(written.toFile()));
      var variables = builder.environment();
      variables.clear();
      variables.putAll(environment);
      variables.put(ProcessGroup.MARK, id);
      variables.put("TMPDIR", folder.resolve("tmp").toString());
      variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
      variables.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
      synchronized (this) {
        if (phase == Phase.ENDED) {
          return; // stopped before it began
        }
      }
      var started = builder.start();
      process = started;
      started.getOutputStream().close();
      started.onExit().thenAccept(over -> exited(over.exitValue()));
      synchronized (this) {
        if (phase == Phase.ENDED) {
          ProcessGroup.kill(started.pid(), id);
        }
      }
    } catch (IOException e) {
      LOG.debug("Expected to start a function, but failed", e);
      end(
          error(
              "Runtime.InvalidEntrypoint",
              "RequestId: " + requestIdOfWaiting() + " Error: " + reason(e)));
    }
  }

  private static String reason(IOException e) {
    var message = String.valueOf(e.getMessage());
    var error = message.indexOf("error=");
    return error < 0 ? message : message.substring(message.indexOf(',', error) + 1).strip();
  }

  private String requestIdOfWaiting() {
    var waiting = inbox.peek();
    return waiting == null ? "" : waiting.invocation().requestId();
  }

  // ── The Runtime API ────────────────────────────────────────────────────────────────────────

  @Override
  public Event next() throws InterruptedException {
    synchronized (this) {
      if (phase == Phase.BUSY && current != null) {
        return event(current); // asked twice: the same again
      }
      if (phase == Phase.STARTING) {
        initNanos = System.nanoTime() - startNanos;
      }
      if (phase != Phase.ENDED) {
        phase = Phase.IDLE;
      }
    }
    idleSinceNanos = System.nanoTime();
    if (inbox.isEmpty()) {
      owner.isIdle(this);
    }
    var call = inbox.take();
    synchronized (this) {
      current = call;
      phase = Phase.BUSY;
      callNanos = System.nanoTime();
      callLog = new CallLog();
      timeout = owner.after(function.timeoutSeconds(), () -> timedOut(call));
    }
    log(system.start(call.invocation().requestId()));
    return event(call);
  }

  private Event event(Call call) {
    var invocation = call.invocation();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(System.currentTimeMillis() + 1000L * function.timeoutSeconds()));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn());
    invocation.traceId().ifPresent(trace -> headers.put("Lambda-Runtime-Trace-Id", trace));
    invocation
        .clientContext()
        .ifPresent(context -> headers.put("Lambda-Runtime-Client-Context", context));
    return new Event(headers, invocation.payload());
  }

  @Override
  public Verdict answered(String requestId, byte[] body, boolean isError) {
    var call = take(requestId);
    if (call == null) {
      return Verdict.INVALID_REQUEST_ID;
    }
    finish(call, body, isError, "");
    return Verdict.ACCEPTED;
  }

  @Override
  public Verdict tooLarge(String requestId) {
    var call = take(requestId);
    if (call == null) {
      return Verdict.INVALID_REQUEST_ID;
    }
    var message =
        "Response payload size exceeded maximum allowed payload size ("
            + RuntimeApi.RESPONSE_BYTES_MAX
            + " bytes).";
    var body =
        "{\"errorMessage\":\"" + message + "\",\"errorType\":\"Function.ResponseSizeTooLarge\"}";
    finish(call, body.getBytes(StandardCharsets.UTF_8), true, "");
    return Verdict.TOO_LARGE;
  }

  @Override
  public Verdict initFailed(byte[] body) {
    synchronized (this) {
      if (phase != Phase.STARTING) {
        return Verdict.INVALID_STATE_TRANSITION;
      }
    }
    end(body);
    return Verdict.ACCEPTED;
  }

  /** The call that is under way, which is under way no more; null where it is another. */
  private synchronized @Nullable Call take(String requestId) {
    var call = current;
    if (phase != Phase.BUSY || call == null || !call.invocation().requestId().equals(requestId)) {
      return null;
    }
    current = null;
    phase = Phase.ANSWERED;
    if (timeout != null) {
      timeout.cancel(false);
    }
    return call;
  }

  private void finish(Call call, byte[] body, boolean isError, String status) {
    readLog();
    report(call.invocation(), isError, status).forEach(this::log);
    owner.hasAnswered(this);
    call.result().complete(new InvocationResult.Answered(body, isError, callLog.tail()));
  }

  private List<String> report(Invocation invocation, boolean isError, String status) {
    var report =
        new SystemLines.Report(
            invocation.requestId(),
            System.nanoTime() - callNanos,
            peakMegabytes(),
            initNanos,
            isError,
            status);
    initNanos = -1;
    return system.end(report);
  }

  private long peakMegabytes() {
    var running = process;
    return running == null ? 0 : ProcessGroup.peakMegabytes(running.pid());
  }

  // ── What ends it ───────────────────────────────────────────────────────────────────────────

  private void timedOut(Call call) {
    synchronized (this) {
      if (current != call) {
        return;
      }
      current = null;
      phase = Phase.ENDED;
    }
    var id = call.invocation().requestId();
    var text =
        String.format(
            Locale.ROOT, "Task timed out after %.2f seconds", (double) function.timeoutSeconds());
    readLog();
    log(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + id + " " + text);
    log("");
    finish(
        call,
        error("Sandbox.Timedout", "RequestId: " + id + " Error: " + text),
        true,
        "Status: timeout");
    dispose();
  }

  private void exited(int status) {
    String id;
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      id = current == null ? requestIdOfWaiting() : current.invocation().requestId();
    }
    var text =
        status == 0
            ? "Runtime exited without providing a reason"
            : "Runtime exited with error: " + exitStatus(status);
    readRestOfLog();
    log("RequestId: " + id + " Error: " + text);
    log("Runtime.ExitError");
    end(error("Runtime.ExitError", "RequestId: " + id + " Error: " + text));
  }

  private static String exitStatus(int status) {
    return switch (status) {
      case 128 + 6 -> "signal: aborted";
      case 128 + 9 -> "signal: killed";
      case 128 + 11 -> "signal: segmentation fault";
      case 128 + 15 -> "signal: terminated";
      default -> "exit status " + status;
    };
  }

  /** It is over: the call that it had is answered with {@code body}. */
  private void end(byte[] body) {
    Call call;
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      phase = Phase.ENDED;
      call = current == null ? inbox.poll() : current;
      current = null;
      if (timeout != null) {
        timeout.cancel(false);
      }
    }
    if (call != null) {
      call.result().complete(new InvocationResult.Answered(body, true, callLog.tail()));
    }
    dispose();
  }

  /** Ends it although nothing is wrong: nobody needs it any more. A call it has is cut off. */
  void stop() {
    end(error("Runtime.ExitError", "RequestId: " + requestIdOfWaiting() + " Error: stopped"));
  }

  /** How long it has waited for a call. Units: nanoseconds. */
  long idleNanos() {
    return System.nanoTime() - idleSinceNanos;
  }

  /** Runs something once its process and its files are gone. */
  void whenGone(Runnable action) {
    ended.thenRun(action);
  }

  /** Waits until its process and its files are gone. */
  void awaitEnd() {
    ended.join();
  }

  private void dispose() {
    owner.hasEnded(this);
    api.close();
    var running = process;
    Thread.startVirtualThread(
        () -> {
          if (running != null) {
            if (running.isAlive()) {
              ProcessGroup.terminate(running.pid());
            }
            ProcessGroup.kill(running.pid(), id);
          }
          readRestOfLog();
          closeLog();
          Folder.delete(folder);
          ended.complete(null);
        });
  }

  private static byte[] error(String type, String message) {
    return ("{\"errorType\":\""
            + type
            + "\",\"errorMessage\":"
            + Json.print(Json.nodes().stringNode(message))
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  // ── What it writes ─────────────────────────────────────────────────────────────────────────

  /** Passes on what the process has written by now. */
  void readLog() {
    var file = output;
    if (file != null) {
      try {
        file.read(this::log);
      } catch (IOException e) {
        LOG.debug("Expected to read what a function writes", e);
      }
    }
  }

  private void readRestOfLog() {
    var file = output;
    if (file != null) {
      try {
        file.readRest(this::log);
      } catch (IOException e) {
        LOG.debug("Expected to read what a function wrote", e);
      }
    }
  }

  private void closeLog() {
    var file = output;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.debug("Expected to close what a function wrote", e);
      }
    }
  }

  private void log(String line) {
    callLog.add(line);
    logs.line(function, stream, System.currentTimeMillis(), line);
  }
}
