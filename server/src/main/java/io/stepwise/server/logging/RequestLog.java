package io.stepwise.server.logging;

import io.stepwise.edge.Handler;
import io.stepwise.edge.Request;
import io.stepwise.edge.Responder;
import io.stepwise.protocol.AwsServices;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
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
  private final Supplier<AwsServices> services;

  /** Before {@code api}; requests for no operation of {@code services} are of an unknown one. */
  public RequestLog(Handler api, Supplier<AwsServices> services) {
    this.api = api;
    this.services = services;
  }

  @Override
  public void handle(Request request, Responder responder) {
    api.handle(request, logged(request, resource(request.body()), responder));
  }

  @Override
  public void refuse(Request head, Refusal refusal, Responder responder) {
    api.refuse(head, refusal, logged(head, "-", responder));
  }

  /** Nothing that anybody may send becomes part of a log: only names of services, operations. */
  private Logged logged(Request request, String resource, Responder responder) {
    var service = services.get().of(request);
    return new Logged(service.name(), service.action(request), resource, responder);
  }

  /** The resource that a request names, or that an answer does. */
  private static String resource(byte[] body) {
    var head = new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.UTF_8);
    var found = ARN.matcher(head);
    return found.find() ? found.group(1) : "-";
  }

  private static final class Logged implements Responder {
    private final String service;
    private final String action;
    private final String resource;
    private final Responder responder;
    private final long begun = System.nanoTime();

    Logged(String service, String action, String resource, Responder responder) {
      this.service = service;
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
          .addKeyValue("service", service)
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
    public void soon(Runnable task) {
      responder.soon(task);
    }

    @Override
    public void onClose(Runnable onClose) {
      responder.onClose(onClose);
    }
  }
}
