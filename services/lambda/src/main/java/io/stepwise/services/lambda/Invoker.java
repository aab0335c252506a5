package io.stepwise.services.lambda;

import io.stepwise.expression.InvalidJsonException;
import io.stepwise.expression.Json;
import io.stepwise.functions.FunctionHost;
import io.stepwise.functions.InvocationResult;
import io.stepwise.integration.Functions;
import io.stepwise.protocol.AwsException;
import io.stepwise.services.lambda.LambdaError.InvalidParameterValueException;
import io.stepwise.services.lambda.LambdaError.InvalidRequestContentException;
import io.stepwise.services.lambda.LambdaError.InvalidRuntimeException;
import io.stepwise.services.lambda.LambdaError.RequestEntityTooLargeException;
import io.stepwise.services.lambda.LambdaError.TooManyRequestsException;
import io.stepwise.services.lambda.LambdaFunction.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Calls functions: finds the version, has it run, words the answer as Lambda's Invoke does. */
final class Invoker implements Functions {
  private static final int REQUEST_BYTES_MAX = 6_291_456;
  private static final int EVENT_BYTES_MAX = 1_048_576;
  private static final byte[] NO_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

  private final LambdaFunctions functions;
  private final FunctionHost host;
  private @Nullable EventQueue queue;

  Invoker(LambdaFunctions functions, FunctionHost host) {
    this.functions = functions;
    this.host = host;
  }

  /** Learns where asynchronous calls wait; once, before the first of them. */
  void queue(EventQueue events) {
    queue = events;
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public CompletableFuture<Answer> invoke(Invocation invocation) {
    var requestId = invocation.idempotencyId(); // a repetition after a crash is the same request
    try {
      var name =
          FunctionName.of(
              invocation.name(), invocation.qualifier().orElse(null), invocation.location());
      return invoke(name, invocation.payload(), invocation.headers(), requestId)
          .exceptionally(failure -> refused(failure, requestId));
    } catch (AwsException e) {
      return CompletableFuture.completedFuture(refused(e, requestId));
    }
  }

  /** What Lambda refuses, as it comes over the wire. */
  private static Answer refused(Throwable failure, String requestId) {
    var cause = failure.getCause() instanceof AwsException known ? known : failure;
    if (!(cause instanceof AwsException refusal)) {
      throw new IllegalStateException(cause);
    }
    var error = refusal.error();
    var body = Json.nodes().objectNode();
    body.put("Message", error.message());
    return new Answer(
        error.status(),
        headers(requestId, Map.of("x-amzn-ErrorType", error.code())),
        Json.printUtf8(body));
  }

  /** Calls a function; throws, or fails with, an {@link AwsException} for what is refused. */
  CompletableFuture<Answer> invoke(
      FunctionName name, byte[] payload, Map<String, String> headers, String requestId) {
    if (!functions.isReadFromFiles(name.arn())) {
      return invokeHere(name, payload, headers, requestId);
    }
    return CompletableFuture.supplyAsync(
            () -> invokeHere(name, payload, headers, requestId), Thread::startVirtualThread)
        .thenCompose(answer -> answer);
  }

  private CompletableFuture<Answer> invokeHere(
      FunctionName name, byte[] payload, Map<String, String> headers, String requestId) {
    var type = header(headers, "X-Amz-Invocation-Type").orElse("RequestResponse");
    if (type.equals("Event")) {
      return accept(name, payload, header(headers, "X-Amzn-Trace-Id").orElse(null), requestId);
    }
    var found = find(name);
    if (payload.length > REQUEST_BYTES_MAX) {
      throw new RequestEntityTooLargeException(
              "Request must be smaller than "
                  + REQUEST_BYTES_MAX
                  + " bytes for the InvokeFunction operation")
          .toException();
    }
    check(payload);
    found.refuseUnusable();
    if (type.equals("DryRun")) {
      return CompletableFuture.completedFuture(
          new Answer(204, headers(requestId, Map.of()), new byte[0]));
    }
    var wantsLog = header(headers, "X-Amz-Log-Type").orElse("None").equals("Tail");
    var call =
        new io.stepwise.functions.Invocation(
            requestId,
            name.qualifier() == null ? name.arn().text() : name.qualified(),
            payload.length == 0 ? NO_EVENT : payload,
            clientContext(headers),
            header(headers, "X-Amzn-Trace-Id"));
    return host.invoke(
            functions.runnable(found.function(), found.revision(), found.version()), call)
        .thenApply(result -> answer(result, found.version(), requestId, wantsLog));
  }

  /** Accepts an asynchronous call, which is stored before it is answered. */
  private CompletableFuture<Answer> accept(
      FunctionName name, byte[] payload, @Nullable String traceId, String requestId) {
    find(name).refuseUnusable();
    if (payload.length > EVENT_BYTES_MAX) {
      throw new RequestEntityTooLargeException(
              payload.length
                  + " byte payload is too large for the Event invocation type (limit "
                  + EVENT_BYTES_MAX
                  + " bytes)")
          .toException();
    }
    check(payload);
    return CompletableFuture.supplyAsync(
        () -> {
          Objects.requireNonNull(queue).accept(name, payload, traceId, requestId);
          return new Answer(202, Map.of("x-amzn-RequestId", requestId), new byte[0]);
        },
        Thread::startVirtualThread);
  }

  /** What a name leads to. */
  private record Target(LambdaFunction function, String version, Revision revision) {
    void refuseUnusable() {
      var unusable = revision.text("StateReason");
      if (!unusable.isEmpty()) {
        throw new InvalidParameterValueException(unusable).toException();
      }
    }
  }

  private Target find(FunctionName name) {
    var function =
        functions.find(name.arn()).orElseThrow(() -> LambdaFunctions.notFound(name.qualified()));
    var version =
        function
            .version(name.qualifier(), ThreadLocalRandom.current())
            .orElseThrow(() -> LambdaFunctions.notFound(name.qualified()));
    var revision =
        function.revision(version).orElseThrow(() -> LambdaFunctions.notFound(name.qualified()));
    return new Target(function, version, revision);
  }

  /** What came of a call of a version. */
  record Ran(String version, InvocationResult result) {}

  /**
   * Makes a call that was accepted before. May read files; throws, or fails with, an {@link
   * AwsException} for what can't be called.
   */
  CompletableFuture<Ran> run(
      FunctionName name, byte[] payload, String requestId, @Nullable String traceId) {
    var found = find(name);
    found.refuseUnusable();
    var call =
        new io.stepwise.functions.Invocation(
            requestId,
            name.qualifier() == null ? name.arn().text() : name.qualified(),
            payload.length == 0 ? NO_EVENT : payload,
            Optional.empty(),
            Optional.ofNullable(traceId));
    return host.invoke(
            functions.runnable(found.function(), found.revision(), found.version()), call)
        .thenApply(result -> new Ran(found.version(), result));
  }

  private static Answer answer(
      InvocationResult result, String version, String requestId, boolean wantsLog) {
    return switch (result) {
      case InvocationResult.Throttled(var reason) ->
          throw new TooManyRequestsException(reason.awsName()).toException();
      case InvocationResult.Unrunnable(var message) ->
          throw new InvalidRuntimeException(message).toException();
      case InvocationResult.Answered(var payload, var isError, var log) -> {
        Map<String, String> more = new HashMap<>();
        more.put("X-Amz-Executed-Version", version);
        if (isError) {
          more.put("X-Amz-Function-Error", "Unhandled");
        }
        if (wantsLog) {
          more.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log));
        }
        yield new Answer(200, headers(requestId, more), payload);
      }
    };
  }

  private static Map<String, String> headers(String requestId, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("x-amzn-RequestId", requestId);
    headers.put("Content-Type", "application/json");
    return headers;
  }

  private static void check(byte[] payload) {
    if (payload.length == 0) {
      return;
    }
    try {
      var unused = Json.parse(new String(payload, StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      throw new InvalidRequestContentException(
              "Could not parse request body into json: Could not parse payload into json: "
                  + e.getMessage())
          .toException();
    }
  }

  private static Optional<String> clientContext(Map<String, String> headers) {
    var given = header(headers, "X-Amz-Client-Context");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      var text = new String(Base64.getDecoder().decode(given.get()), StandardCharsets.UTF_8);
      if (Json.parse(text) instanceof ObjectNode context) {
        return Optional.of(inAscii(Json.print(context)));
      }
    } catch (IllegalArgumentException | InvalidJsonException e) {
      // told below
    }
    throw new InvalidRequestContentException(
            "Client context must be a valid Base64-encoded JSON object.")
        .toException();
  }

  /** The same JSON in characters that every runtime reads alike in a header. */
  private static String inAscii(String json) {
    var text = new StringBuilder(json.length());
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      if (c > '~') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static Optional<String> header(Map<String, String> headers, String name) {
    @Nullable String exact = headers.get(name);
    return Optional.ofNullable(exact == null ? headers.get(name.toLowerCase(Locale.ROOT)) : exact);
  }
}
