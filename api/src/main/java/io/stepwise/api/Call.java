package io.stepwise.api;

import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request to an operation: its checked input, who asks, and the way to answer. */
public final class Call {
  static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final Request request;
  private final JsonNode input;
  private final Identity identity;
  private final String requestId;
  private final Responder responder;

  Call(Request request, JsonNode input, Identity identity, String requestId, Responder responder) {
    this.request = request;
    this.input = input;
    this.identity = identity;
    this.requestId = requestId;
    this.responder = responder;
  }

  /** The input, with the types that the operation's shape says. */
  public JsonNode input() {
    return input;
  }

  /** Who asks. */
  public Identity identity() {
    return identity;
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
    reply(Json.print(output));
  }

  /** Answers with JSON text. */
  public void reply(String json) {
    reply(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with JSON in UTF-8. */
  public void reply(byte[] json) {
    responder.respond(200, CONTENT_TYPE, headers(), json);
  }

  /** Answers with {@code {}}. */
  public void done() {
    reply(NOTHING);
  }

  /** Answers with the error behind {@code failure}. */
  public void fail(Throwable failure) {
    var error = Errors.of(failure, requestId);
    responder.respond(error.status(), CONTENT_TYPE, headers(), Errors.body(error));
  }

  /** Runs {@code action}; if it throws, that is the answer. For code behind a future. */
  public void guard(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Calls {@code action} if the client goes away unanswered. */
  public void onClose(Runnable action) {
    responder.onClose(action);
  }

  private Map<String, String> headers() {
    return Map.of("x-amzn-RequestId", requestId);
  }
}
