package io.stepwise.server.logging;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request that passes through it to the API: which action, which resource,
 * what it was answered with, how long that took. Never what else was sent or answered.
 */
public final class RequestLog implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String PREFIX = "AWSStepFunctions.";
  private static final int HEAD_BYTES = 2_048;

  /**
   * A member that names a resource; not one inside the text of an input, where quotes are escaped.
   */
  private static final Pattern ARN =
      Pattern.compile(
          "(?<!\\\\)\"(?:executionArn|stateMachineArn|stateMachineVersionArn|stateMachineAliasArn"
              + "|activityArn|mapRunArn|resourceArn)\"\\s*:\\s*\"(arn:[^\"\\\\\\s]{1,2000})\"");

  private static final Pattern TYPE = Pattern.compile("\"__type\"\\s*:\\s*\"([A-Za-z.#]{1,100})\"");

  private final Handler api;
  private final Set<String> actions;

  /** Before {@code api}; requests for none of {@code actions} are of an unknown one. */
  public RequestLog(Handler api, Set<String> actions) {
    this.api = api;
    this.actions = Set.copyOf(actions);
  }

  @Override
  public void handle(Request request, Responder responder) {
    api.handle(request, new Logged(action(request), resource(request.body()), responder));
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, new Logged(action(head), "-", responder));
  }

  /** What anybody may send must not become part of a log. */
  private String action(Request request) {
    var target = request.header("X-Amz-Target");
    var action =
        target != null && target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
    return actions.contains(action) ? action : "Unknown";
  }

  /** The resource that a request names, or that an answer does. */
  private static String resource(byte[] body) {
    var head = new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.UTF_8);
    var found = ARN.matcher(head);
    return found.find() ? found.group(1) : "-";
  }

  private static final class Logged implements Responder {
    private final String action;
    private final String resource;
    private final Responder responder;
    private final long begun = System.nanoTime();

    Logged(String action, String resource, Responder responder) {
      this.action = action;
      this.resource = resource;
      this.responder = responder;
    }

    @Override
    public void respond(
        int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
      responder.respond(status, contentType, headers, body);
      var micros = (System.nanoTime() - begun) / 1_000;
      LOG.atInfo()
          .addKeyValue("service", "states")
          .addKeyValue("action", action)
          .addKeyValue("status", status)
          .addKeyValue("milliseconds", micros / 1e3)
          .addKeyValue("requestId", headers.getOrDefault("x-amzn-RequestId", "-"))
          .addKeyValue("resource", made(body))
          .addKeyValue("error", status < 400 ? "-" : error(body))
          .log("request");
    }

    /** What a start or a creation has made; else what the request named. */
    private String made(byte[] body) {
      return action.startsWith("Start") || action.startsWith("Create") ? orElse(body) : resource;
    }

    private String orElse(byte[] body) {
      var made = resource(body);
      return made.equals("-") ? resource : made;
    }

    private static String error(byte[] body) {
      var head = new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.UTF_8);
      var found = TYPE.matcher(head);
      return found.find() ? found.group(1) : "-";
    }

    @Override
    public void onClose(Runnable onClose) {
      responder.onClose(onClose);
    }
  }
}
