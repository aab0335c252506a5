package io.stepwise.server.logging;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request that passes through it to the API: which action, what it was
 * answered with, how long that took. Never what was sent or answered.
 */
public final class RequestLog implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String PREFIX = "AWSStepFunctions.";

  private final Handler api;
  private final Set<String> actions;

  /** Before {@code api}; requests for none of {@code actions} are of an unknown one. */
  public RequestLog(Handler api, Set<String> actions) {
    this.api = api;
    this.actions = Set.copyOf(actions);
  }

  @Override
  public void handle(Request request, Responder responder) {
    api.handle(request, new Logged(action(request), responder));
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, new Logged(action(head), responder));
  }

  /** What anybody may send must not become part of a log. */
  private String action(Request request) {
    var target = request.header("X-Amz-Target");
    var action =
        target != null && target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
    return actions.contains(action) ? action : "Unknown";
  }

  private static final class Logged implements Responder {
    private final String action;
    private final Responder responder;
    private final long begun = System.nanoTime();

    Logged(String action, Responder responder) {
      this.action = action;
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
          .log("request");
    }

    @Override
    public void onClose(Runnable onClose) {
      responder.onClose(onClose);
    }
  }
}
