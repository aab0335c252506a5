package io.stepwise.protocol;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request to an operation: its checked input, who asks, and the way to answer. */
public final class Call {
  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final Operation operation;
  private final Request request;
  private final JsonNode input;
  private final Identity identity;
  private final String requestId;
  private final Wire wire;
  private final Failures failures;
  private final Responder responder;

  Call(
      Operation operation,
      Request request,
      JsonNode input,
      Identity identity,
      String requestId,
      Wire wire,
      Failures failures,
      Responder responder) {
    this.operation = operation;
    this.wire = wire;
    this.failures = failures;
    this.request = request;
    this.input = input;
    this.identity = identity;
    this.requestId = requestId;
    this.responder = responder;
  }

  /** Has the operation answer, on {@code blocking} if it may wait. */
  void run(Executor blocking) {
    if (operation.mayBlock()) {
      blocking.execute(() -> guard(() -> operation.run().accept(this)));
    } else {
      operation.run().accept(this);
    }
  }

  /** The name of the operation. */
  public String operation() {
    return operation.name();
  }

  /** The input, with the types that the operation's shape says. */
  public JsonNode input() {
    return input;
  }

  /** Who asks. */
  public Identity identity() {
    return identity;
  }

  /** Names the request, to whom it is answered and in logs. */
  public String requestId() {
    return requestId;
  }

  /** The body of the request as it came; not to be changed. */
  public byte[] body() {
    return request.body();
  }

  /** A header of the request. */
  public @Nullable String header(String name) {
    return request.header(name);
  }

  /** A string that is required. */
  public String text(String name) {
    return Objects.requireNonNull(optionalText(name));
  }

  /** A string, or null. */
  public @Nullable String optionalText(String name) {
    var value = input.get(name);
    return value == null || value.isNull() ? null : value.stringValue();
  }

  /** A string, or what to take instead. */
  public String text(String name, String otherwise) {
    var value = optionalText(name);
    return value == null ? otherwise : value;
  }

  /** A boolean, or what to take instead. */
  public boolean flag(String name, boolean otherwise) {
    var value = input.get(name);
    return value == null || value.isNull() ? otherwise : value.booleanValue();
  }

  /** A whole number, or what to take instead. */
  public int whole(String name, int otherwise) {
    var value = input.get(name);
    return value == null || value.isNull() ? otherwise : value.intValue();
  }

  /** Whether a member is there. */
  public boolean has(String name) {
    return input.hasNonNull(name);
  }

  /** Answers with a tree. */
  public void reply(JsonNode output) {
    respond(200, wire.output(operation.name(), output, requestId));
  }

  /** Answers with JSON text. */
  public void reply(String json) {
    reply(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with JSON in UTF-8. */
  public void reply(byte[] json) {
    respond(200, wire.output(operation.name(), json, requestId));
  }

  /** Answers with a tree, and a status that says more than that all is well. */
  public void reply(int status, JsonNode output) {
    respond(status, wire.output(operation.name(), output, requestId));
  }

  /**
   * Answers with what is none of the protocol's business.
   *
   * @param contentType null for an answer without a body
   * @param headers besides the id of the request
   */
  public void reply(
      int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
    var all = new HashMap<>(headers);
    all.putIfAbsent(REQUEST_ID, requestId);
    responder.respond(status, contentType, all, body);
  }

  /** Answers with a status and nothing else. */
  public void replyEmpty(int status) {
    reply(status, null, Map.of(), new byte[0]);
  }

  /** Answers with {@code {}}. */
  public void done() {
    reply(NOTHING);
  }

  /** Answers with the error behind {@code failure}. */
  public void fail(Throwable failure) {
    var error = failures.of(failure, requestId);
    responder.respond(
        error.status(),
        wire.contentType(),
        wire.errorHeaders(error, requestId),
        wire.error(error, requestId));
  }

  /** Runs {@code action}; if it throws, that is the answer. For code behind a future. */
  public void guard(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /**
   * Goes on with what a future brings, where answers are written and not on the thread that
   * completes it: a shard has others waiting. If the future or {@code then} fails, that is the
   * answer.
   */
  public <T> void whenDone(CompletableFuture<T> future, Consumer<T> then) {
    var unused =
        future.whenComplete(
            (result, failure) ->
                responder.soon(
                    () -> {
                      if (failure != null) {
                        fail(failure);
                      } else {
                        guard(() -> then.accept(result));
                      }
                    }));
  }

  /** Calls {@code action} if the client goes away unanswered. */
  public void onClose(Runnable action) {
    responder.onClose(action);
  }

  private void respond(int status, byte[] body) {
    responder.respond(status, wire.contentType(), Map.of(REQUEST_ID, requestId), body);
  }
}
